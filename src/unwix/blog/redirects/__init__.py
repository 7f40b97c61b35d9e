"""Plan the redirects from old URLs to new ones, and verify the files of each host."""
