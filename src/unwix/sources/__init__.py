"""Sources: where bytes come from → Pages. They know nothing of Wix."""
