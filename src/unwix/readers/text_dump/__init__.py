"""Text dump."""
