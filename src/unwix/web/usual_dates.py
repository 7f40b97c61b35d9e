"""Read printed dates in the forms that Wix uses most, in most of its languages; dateparser reads all others.

dateparser takes 150 ms for the first date of a process, half of what a conversion of one page takes, and 0.6 ms for
each other, 400 times as long as this table. A page has many texts that could be dates, so that the table is worth it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

#: The months as Wix prints them (CLDR's abbreviations) and in full: docs/wix/ui-texts.md#date-forms-by-language.
_MONTHS = {
    "de": (
        "jan|januar feb|februar märz|mär apr|april mai juni|jun juli|jul aug|august sept|september|sep "
        "okt|oktober nov|november dez|dezember"
    ),
    "es": (
        "ene|enero feb|febrero mar|marzo abr|abril may|mayo jun|junio jul|julio ago|agosto sept|septiembre "
        "oct|octubre nov|noviembre dic|diciembre"
    ),
    "fr": (
        "janv|janvier févr|février mars avr|avril mai juin juil|juillet août sept|septembre oct|octobre "
        "nov|novembre déc|décembre"
    ),
    "it": (
        "gen|gennaio feb|febbraio mar|marzo apr|aprile mag|maggio giu|giugno lug|luglio ago|agosto "
        "set|settembre ott|ottobre nov|novembre dic|dicembre"
    ),
    "pt": (
        "jan|janeiro fev|fevereiro mar|março abr|abril mai|maio jun|junho jul|julho ago|agosto set|setembro "
        "out|outubro nov|novembro dez|dezembro"
    ),
    "nl": (
        "jan|januari feb|februari mrt|maart apr|april mei jun|juni jul|juli aug|augustus sep|september "
        "okt|oktober nov|november dec|december"
    ),
    "ru": (
        "янв|января февр|февраля мар|марта апр|апреля мая июн|июня июл|июля авг|августа сент|сентября "
        "окт|октября нояб|ноября дек|декабря"
    ),
    "uk": (
        "січ|січня лют|лютого бер|березня квіт|квітня трав|травня черв|червня лип|липня серп|серпня "
        "вер|вересня жовт|жовтня лист|листопада груд|грудня"
    ),
    "pl": (
        "sty|stycznia lut|lutego mar|marca kwi|kwietnia maj|maja cze|czerwca lip|lipca sie|sierpnia "
        "wrz|września paź|października lis|listopada gru|grudnia"
    ),
    "da": (
        "jan|januar feb|februar mar|marts apr|april maj jun|juni jul|juli aug|august sep|september "
        "okt|oktober nov|november dec|december"
    ),
    "sv": (
        "jan|januari feb|februari mars apr|april maj juni juli aug|augusti sep|september okt|oktober "
        "nov|november dec|december"
    ),
    "no": (
        "jan|januar feb|februar mars|mar apr|april mai juni|jun juli|jul aug|august sep|september okt|oktober "
        "nov|november des|desember"
    ),
    "fi": (
        "tammik|tammikuuta helmik|helmikuuta maalisk|maaliskuuta huhtik|huhtikuuta toukok|toukokuuta "
        "kesäk|kesäkuuta heinäk|heinäkuuta elok|elokuuta syysk|syyskuuta lokak|lokakuuta marrask|marraskuuta "
        "jouluk|joulukuuta"
    ),
    "tr": (
        "oca|ocak şub|şubat mar|mart nis|nisan may|mayıs haz|haziran tem|temmuz ağu|ağustos eyl|eylül "
        "eki|ekim kas|kasım ara|aralık"
    ),
    "hu": (
        "jan|január febr|február márc|március ápr|április máj|május jún|június júl|július aug|augusztus "
        "szept|szeptember okt|október nov|november dec|december"
    ),
    "ro": (
        "ian|ianuarie feb|februarie mar|martie apr|aprilie mai iun|iunie iul|iulie aug|august sept|septembrie "
        "oct|octombrie nov|noiembrie dec|decembrie"
    ),
    "id": (
        "jan|januari feb|februari mar|maret apr|april mei jun|juni jul|juli agu|agustus sep|september "
        "okt|oktober nov|november des|desember"
    ),
}
#: How other forms of months begin that dateparser knows; of Czech and Vietnamese how all do.
_OTHER_BEGINNINGS = {
    "cs": "bře cer crc čer črc črv čvc čvn dub kvě led lis pro říj srp úno únr zář",
    "de": "jän mrz",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "es": "sep set",
    "fr": "aou",
    "hu": "i ii iii iv v vi vii viii ix x xi xii",
    "id": "ag agt dja dju mai mrt nop peb",
    "ro": "sep",
    "ru": "ма май",
    "tr": "ağ ar ek ey ha ka ni oc te şu",
    "vi": "tha thg",
}
_CYRILLIC, _OTHER_SCRIPTS = frozenset({"ru", "uk"}), frozenset({"he", "el", "ja", "ko", "zh", "th", "hi", "ar"})
_LATIN = frozenset({*_MONTHS, "en", "cs", "vi"} - _CYRILLIC)
_KNOWN = _LATIN | _CYRILLIC | _OTHER_SCRIPTS
_NOT_LATIN = "[\u0370-\u1cff\u3040-\u9fff\uac00-\ud7af]"  # compiled when it is needed: it takes 3 ms
_NUMBER, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_BEGINNING, _LONGEST_YEAR, _LAST_DAY = 3, 4, 31
_YEAR, _WORD = "((?:19|20)[0-9]{2})", r"([^\W\d_]{2,20})\.?"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})\.? {_WORD} {_YEAR}")
#: The forms of single languages.
_FORMS = {
    "es": re.compile(rf"([0-9]{{1,2}}) (?:de )?{_WORD} (?:de )?{_YEAR}"),
    "pt": re.compile(rf"([0-9]{{1,2}}) (?:de )?{_WORD} (?:de )?{_YEAR}"),
    "ru": re.compile(rf"([0-9]{{1,2}}) {_WORD} {_YEAR}(?: г\.)?"),
    "uk": re.compile(rf"([0-9]{{1,2}}) {_WORD} {_YEAR}(?: р\.)?"),
}
_WITHOUT_YEAR = re.compile(rf"([0-9]{{1,2}})\.? (?:de )?{_WORD}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\. {_WORD} ([0-9]{{1,2}})\.?")
_NUMBERS = re.compile(rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월] ?([0-9]{{1,2}})[日일]")
_MONTH_AND_DAY = re.compile(r"([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日号號일]")


def usual_date(text: str, code: str) -> str | None:
    """Return the date of a text as `2024-09-27`, or None if it has another form than the usual ones of a language."""
    if code in ("ja", "ko", "zh"):
        if match := _NUMBERS.fullmatch(text):
            return _iso(int(match[1]), int(match[2]), int(match[3]))
        return None
    if code not in _MONTHS:
        return None
    if code == "hu":
        match = _YEAR_FIRST.fullmatch(text)
        year, word, day = match.groups() if match else ("", "", "")
    else:
        match = _FORMS.get(code, _DAY_FIRST).fullmatch(text)
        day, word, year = match.groups() if match else ("", "", "")
    month = _months(code).get(word.lower())
    return _iso(int(year), month, int(day)) if month else None


def date_without_year(text: str, code: str) -> str | None:
    """Return a day and a month in a usual form as `--09-27`, else None. Wix leaves out the year of recent posts."""
    if numbers := _MONTH_AND_DAY.fullmatch(text) if code in ("ja", "ko", "zh") else None:
        return (_iso(2000, int(numbers[1]), int(numbers[2])) or "").replace("2000-", "--") or None
    match = _WITHOUT_YEAR.fullmatch(text) if code in _MONTHS else None
    month = _months(code).get(match[2].lower()) if match else None
    day = _iso(2000, month, int(match[1])) if match and month else None
    return f"--{day[5:]}" if day else None


def is_no_date(text: str, code: str) -> bool:
    """Return True for a text without a day and month, by its numbers and by how its words begin.

    dateparser finds no date in such a text either.
    """
    if code not in _KNOWN:
        return False
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        if code not in _CYRILLIC and re.search(_NOT_LATIN, text):
            return code in _LATIN
    numbers = _NUMBER.findall(text)
    if any(len(number) > _LONGEST_YEAR for number in numbers):
        return False
    words = _LETTERS.findall(_plain(text))
    if not _beginnings(code).isdisjoint(word[:_BEGINNING] for word in words):
        return False
    # A month that is a number has another one next to it, and no words but the name of the day.
    is_numeric = sum(1 <= int(number) <= _LAST_DAY for number in numbers) > 1
    return not is_numeric or sum(len(word) >= _BEGINNING for word in words) > 1


@cache
def _beginnings(code: str) -> frozenset[str]:
    """Return how the months of a language and of English begin."""
    names = " ".join((_MONTHS.get(code, "").replace("|", " "), *map(_OTHER_BEGINNINGS.get, (code, "en"), ("", ""))))
    return frozenset(_plain(name)[:_BEGINNING] for name in names.split())


def _plain(text: str) -> str:
    """Return a text in lower case and without accents."""
    lower = text.lower()
    return lower if lower.isascii() else "".join(c for c in unicodedata.normalize("NFKD", lower) if not _is_accent(c))


def _is_accent(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _months(code: str) -> dict[str, int]:
    names = enumerate(_MONTHS[code].split(), 1)
    return {name: number for number, both in names for name in both.split("|")}
