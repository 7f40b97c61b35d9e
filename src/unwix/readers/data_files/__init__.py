"""Read files that contain posts as data: JSON, JSON Lines, CSV exports and HAR captures."""
