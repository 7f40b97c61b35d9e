"""Build text dumps from the catalogue of interface texts, so that every language has some."""

from __future__ import annotations

from unwix.wix.ui_texts import catalogue as chrome

#: The printed form of 4 March 2023 in each language (docs/wix/ui-texts.md#date-forms-by-language).
DATES = {
    "en": "Mar 4, 2023",
    "es": "4 mar 2023",
    "fr": "4 mars 2023",
    "de": "4. März 2023",
    "pt": "4 de mar. de 2023",
    "it": "4 mar 2023",
    "nl": "4 mrt 2023",
    "pl": "4 mar 2023",
    "ru": "4 мар. 2023 г.",
    "uk": "4 бер. 2023 р.",
    "tr": "4 Mar 2023",
    "ja": "2023年3月4日",
    "ko": "2023년 3월 4일",
    "zh": "2023年3月4日",
    "sv": "4 mars 2023",
    "no": "4. mars 2023",
    "da": "4. mar. 2023",
    "fi": "4. maalisk. 2023",
    "cs": "4. 3. 2023",
    "he": "4 במרץ 2023",
    "ar": "٤ مارس ٢٠٢٣",
    "el": "4 Μαρ 2023",
    "hu": "2023. márc. 4.",
    "ro": "4 mar. 2023",
    "hi": "4 मार्च 2023",
    "id": "4 Mar 2023",
    "th": "4 มี.ค. 2566",
    "vi": "4 thg 3, 2023",
}
LANGUAGES = sorted(DATES)
AUTHOR = "Maren Holt"
TITLE = "Seven lamps for a long night"
BODY = [
    "The first lamp stood in the window, and nobody had lit it for years.",
    "She filled it with oil, trimmed the wick and waited for the dark to come down from the hills.",
    "When it came, there were seven lights along the shore; we counted them twice.",
]


def interface_text(kind: str, language: str, number: int | str = 7, date: str = "") -> str | None:
    """Return the first string of a kind in a language; the catalogue lists the most reliable first."""
    strings = chrome.strings().get(kind, {}).get(language)
    return strings[0].replace("{n}", str(number)).replace("{date}", date) if strings else None


def dump(language: str, title_first: bool = True, gap: str = "\n\n", body: list[str] | None = None) -> str:
    """Return a whole page in a language, in one of the two orders of the head."""
    date = DATES[language]
    byline = [f"{interface_text('author', language)}: {AUTHOR}", AUTHOR, date, interface_text("minutes", language, 3)]
    head = [TITLE, *byline] if title_first else [*byline, TITLE]
    counters = f"{interface_text('views', language, 12)}{interface_text('comments', language, 5)}"
    tail = [
        counters,
        interface_text("like", language),
        interface_text("recent", language),
        interface_text("see_all", language),
        "Old ropes",
        "Old ropes",
        "270",
    ]
    lines = [
        "top of page",
        "Harbour Notes",
        interface_text("all_posts", language),
        *head,
        interface_text("updated", language, date=date),
        *(body or BODY),
        *tail,
        "bottom of page",
    ]
    return gap.join(line for line in lines if line) + "\n"
