"""What needs more than one post: duplicates, file names, links, redirects, media, comments."""
