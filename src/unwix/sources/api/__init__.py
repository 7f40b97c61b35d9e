"""Read a blog from the Wix REST API with the owner's key."""
