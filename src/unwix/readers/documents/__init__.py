"""Read what all Wix documents share: where a post keeps its body, and its metadata."""
