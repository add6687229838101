"""Subscriptions and what keeps them fresh: fetching, parsing in child processes, schedules."""
