"""Restore pages as they were archived from what web archives replay."""
