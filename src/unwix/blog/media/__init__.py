"""Media: the pictures, films, sounds and files of a blog: found, fetched, named, placed, listed (`plan.py`)."""
