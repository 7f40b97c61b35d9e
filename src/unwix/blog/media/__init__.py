"""Plan, download, name and list the images, videos, audio and other files of a blog."""
