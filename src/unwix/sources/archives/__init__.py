"""Read the pages and media inside archives: WARC, ZIP, tar, MHTML, HAR."""
