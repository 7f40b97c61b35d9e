"""Options that several commands share, one module per subject."""
