"""Stories for text dumps of one site: each with a line of 100 characters, and the lines around it."""

from __future__ import annotations

STORIES = {
    "The lamp that nobody lit": "The lamp stood in the window of the ferry house for forty years, and nobody was ever seen lighting it at night.",
    "A rope has two ends": "A rope has two ends, says the old ferry man, and the one that you do not hold is the one that is interesting.",
    "What the tide left": "What the tide left on the stones last Monday fills two pages in the book of the pier, and a third in small letters.",
    "Counting the gulls": "Counting the gulls is a job for two, because one of them has to stay at the pier and tell the gulls to sit still.",
}
MENU = ["top of page", "Harbour", "Boats", "More", "Use tab to navigate through the menu items.", "All Posts"]
BYLINE = ["Ines Holm", "May 6, 2021", "2 min read"]
FOOTER = [
    "COMPANY",
    "Roadmap",
    "Harbour fees",
    "Write to the pier",
    "Higher ground",
    "© 2026 Harbour Notes",
    "bottom of page",
]
