"""Open containers of text dumps: metadata heads, several texts in one file, records in JSON and tables."""
