"""Fetch over HTTP: public hosts only, politely, within limits, with a cache and an archive."""
