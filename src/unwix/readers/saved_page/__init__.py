"""Read a saved HTML page: parse it, find its posts, and collect their metadata."""
