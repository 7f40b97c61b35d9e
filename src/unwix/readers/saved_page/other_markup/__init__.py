"""Read post pages without the markup of the current blog: Studio pages and the blog of 2014 to 2018."""
