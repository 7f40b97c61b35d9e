"""Blog: what needs more than one post: links between posts, media, redirects."""
