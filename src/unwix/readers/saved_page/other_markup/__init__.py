"""Read post pages that are not built of the current blog's own elements: Studio pages and the blog of 2014 to 2018."""
