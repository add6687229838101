"""Derived data: the full-text index, which can be deleted and built again from the store."""
