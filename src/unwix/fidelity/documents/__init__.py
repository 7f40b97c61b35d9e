"""Count the facts of documents of Wix's, Ricos and Draft.js, and account for their texts."""
