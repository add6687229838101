"""Whole screens: the three panes, help, prompts."""
