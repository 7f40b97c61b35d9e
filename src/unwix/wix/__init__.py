"""What is known about Wix, as data and pure functions: hooks, ids, URLs, media and interface texts."""
