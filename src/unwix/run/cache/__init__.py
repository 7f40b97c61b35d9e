"""Remember the results of pages and posts between runs, so that an unchanged page costs almost nothing."""
