"""Write posts: as Markdown with front matter, as JSON records, and as import files of blog systems."""
