"""Find the posts of a live site: sitemaps, feeds and list pages."""
