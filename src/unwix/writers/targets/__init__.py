"""What each target needs: one file per target."""
