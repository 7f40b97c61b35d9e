"""Helpers that several tests share: pages, archives, servers and programs."""
