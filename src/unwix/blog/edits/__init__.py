"""Edit the article of a post for a target, or as the user asks, and report each edit."""
