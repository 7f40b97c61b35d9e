"""Count the facts of Wix's documents, Ricos and Draft.js, and account for their texts."""
