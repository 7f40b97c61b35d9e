"""Writers: a Post → text."""
