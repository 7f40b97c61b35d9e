"""Containers around text dumps: heads with metadata, several texts in one file, records of JSON and tables."""
