"""Article building."""
