"""Read what all Wix documents share: the place of a post's body, and its metadata."""
