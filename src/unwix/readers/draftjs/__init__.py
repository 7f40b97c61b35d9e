"""Read Draft.js, the older document format of the Wix editor, by converting it to Ricos."""
