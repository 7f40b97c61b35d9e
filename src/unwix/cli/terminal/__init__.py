"""What people see of a run: progress, lines for posts, and the closing table."""
