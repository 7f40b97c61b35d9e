"""Write an article as Markdown, in the flavor of a target."""
