"""The network: fetching feeds and pages within limits, finding feeds, lists of subscriptions.

Nothing here stores anything: requests go in, results come out.
"""
