"""Parse printed dates of all interface languages of Wix."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache

from .usual_dates import date_without_year, is_no_date, usual_date

#: Language codes of Wix that dateparser knows under another name.
_CODES = {"no": "nb", "iw": "he", "in": "id"}
#: Thai dates have years of the Buddhist era, which dateparser does not convert.
_BUDDHIST = 543
#: Abbreviated months of CLDR, which Wix prints, that dateparser does not know or confuses.
_MONTHS = {
    "th": {
        "ม.ค.": "มกราคม", "ก.พ.": "กุมภาพันธ์", "มี.ค.": "มีนาคม", "เม.ย.": "เมษายน", "พ.ค.": "พฤษภาคม", "มิ.ย.": "มิถุนายน",
        "ก.ค.": "กรกฎาคม", "ส.ค.": "สิงหาคม", "ก.ย.": "กันยายน", "ต.ค.": "ตุลาคม", "พ.ย.": "พฤศจิกายน", "ธ.ค.": "ธันวาคม",
    },
    "he": {
        "ינו׳": "ינואר", "פבר׳": "פברואר", "אפר׳": "אפריל", "אוג׳": "אוגוסט", "ספט׳": "ספטמבר", "אוק׳": "אוקטובר",
        "נוב׳": "נובמבר", "דצמ׳": "דצמבר",
    },
    "hi": {"अक्टू॰": "अक्टूबर"},
}  # fmt: skip
_LONGEST = 40
#: In so many years in a row there is a February 29.
_LEAP_YEARS = 9
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?", re.I)
_DAY_FIRST = re.compile(rf"{_DAY}\s+{_MONTH},?(?:\s+{_YEAR})?", re.I)
_LETTERS = re.compile(r"[A-Za-z]{3,}")
#: The languages of Wix's interface (docs/wix/ui-texts.md#printed-dates).
LANGUAGES = (
    "en", "de", "es", "fr", "it", "pt", "nl", "ru", "uk", "pl", "cs", "da", "sv", "no", "fi", "el", "he", "tr", "hu",
    "ro", "ja", "ko", "zh", "th", "vi", "id", "hi", "ar",
)  # fmt: skip


@lru_cache(maxsize=4096)
def printed_date(text: str, language: str | None, year: bool = True) -> str | None:
    """Return the date as `2024-09-27`, or None for a text that is not a date with day, month and year.

    With `year=False` a date without a year is accepted too, to test whether a text is a date.

    Forms: docs/wix/ui-texts.md#date-forms-by-language. Without a language only English is tried, because `4.3.2023`
    means different days in different languages.
    """
    code = (language or "en").split("-")[0].lower()
    if not any(c.isdigit() for c in text) or len(text) > _LONGEST:
        return None
    if (english := _english(text, year)) or (code == "en" and _has_words_of_no_date(text)):
        return english
    if usual := usual_date(text, code):
        return usual
    if without_year := date_without_year(text, code):
        return None if year else without_year
    if (year and _english(text, False)) or is_no_date(text, code):
        return None
    return _by_dateparser(text, code, year)


def _by_dateparser(text: str, code: str, year: bool) -> str | None:
    parts = ["day", "month", "year"] if year else ["day", "month"]
    settings = {"REQUIRE_PARTS": parts, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    parsed, language = _parse(text, code, settings)
    if parsed is not None and language == "th" and parsed.year > _BUDDHIST + 1900:
        parsed = parsed.replace(year=parsed.year - _BUDDHIST)
    return parsed.date().isoformat() if parsed is not None else None


def _parse(text: str, code: str, settings: dict[str, object]) -> tuple[datetime | None, str]:
    """Return the moment that a text states in a language, or in English, and the language."""
    import dateparser  # noqa: PLC0415  # slow to import and to use

    text = _spelled_out(text, code)
    # The interface mixes languages: pages in all of them contain English dates.
    for language in dict.fromkeys((_CODES.get(code, code), "en")):
        with suppress(ValueError):
            if (parsed := dateparser.parse(text, languages=[language], settings=settings)) is not None:
                return parsed, language
    return None, ""


def begins_with_english_date(text: str) -> bool:
    """Return whether a text begins with a day and the name of a month in English, in either order."""
    return (_MONTH_FIRST.match(text) or _DAY_FIRST.match(text)) is not None


def _english(text: str, year: bool) -> str | None:
    """Return a date with an English month name: in no interface language such a name means another month.

    A date without a year is returned as `--09-27`.
    """
    match = _MONTH_FIRST.fullmatch(text.strip()) or _DAY_FIRST.fullmatch(text.strip())
    if match is None or (year and match["year"] is None):
        return None
    month = _ENGLISH.index(match["month"][:3].lower()) + 1
    try:
        day = date(int(match["year"] or 2000), month, int(match["day"]))
    except ValueError:
        return None
    return day.isoformat() if match["year"] else f"--{day:%m-%d}"


def _has_words_of_no_date(text: str) -> bool:
    """Return True if a text has English letters, but not the name of a month."""
    words = _LETTERS.findall(text) if text.isascii() else []
    return bool(words) and not any(word[:3].lower() in _ENGLISH for word in words)


def _spelled_out(text: str, code: str) -> str:
    text = text.replace("'", "׳") if code == "he" else text
    return next((text.replace(short, long) for short, long in _MONTHS.get(code, {}).items() if short in text), text)


def relative_date(text: str, language: str | None, saved: str | None) -> str | None:
    """Return the date that `Mar 4` or `5 days ago` means on a page that was saved on the day `saved`, or None."""
    if saved is None or printed_date(text, language):
        return None
    try:
        base = datetime.fromisoformat(saved).replace(tzinfo=None)
    except ValueError:
        return None
    day = printed_date(text, language, year=False) or ""
    if day.startswith("--"):
        return _last_before(day, base)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    parsed, _ = _parse(text, (language or "en").split("-")[0].lower(), settings)
    return parsed.date().isoformat() if parsed is not None else None


def _last_before(day: str, base: datetime) -> str | None:
    """Return the last date up to a moment with a month and a day (`--09-27`)."""
    for year in range(base.year, base.year - _LEAP_YEARS, -1):
        with suppress(ValueError):
            if (found := date.fromisoformat(f"{year}{day[1:]}")) <= base.date():
                return found.isoformat()
    return None
