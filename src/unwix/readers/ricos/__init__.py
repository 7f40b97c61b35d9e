"""Read Ricos, the document format of the Wix editor."""
