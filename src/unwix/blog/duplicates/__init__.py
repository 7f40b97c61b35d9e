"""Find duplicates of a post and merge them into one."""
