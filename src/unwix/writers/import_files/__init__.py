"""Write the files that blog systems import: WXR, Ghost's JSON, tables and Sanity's NDJSON."""
