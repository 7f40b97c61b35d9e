"""Read printed dates in the forms that Wix uses most, in most of its languages, without the time that dateparser takes.

dateparser takes a tenth of a second to start and a millisecond for each date. What is not in this table is left to it.
"""

from __future__ import annotations

import re
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
_YEAR, _WORD = "((?:19|20)[0-9]{2})", r"([^\W\d_]{2,20})\.?"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})\.? {_WORD} {_YEAR}")
#: The forms of single languages.
_FORMS = {
    "es": re.compile(rf"([0-9]{{1,2}}) (?:de )?{_WORD} (?:de )?{_YEAR}"),
    "pt": re.compile(rf"([0-9]{{1,2}}) (?:de )?{_WORD} (?:de )?{_YEAR}"),
    "ru": re.compile(rf"([0-9]{{1,2}}) {_WORD} {_YEAR}(?: г\.)?"),
    "uk": re.compile(rf"([0-9]{{1,2}}) {_WORD} {_YEAR}(?: р\.)?"),
}
_WITHOUT_YEAR = re.compile(rf"[0-9]{{1,2}}\.? (?:de )?{_WORD}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\. {_WORD} ([0-9]{{1,2}})\.?")
_NUMBERS = re.compile(rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월] ?([0-9]{{1,2}})[日일]")


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


def is_without_year(text: str, code: str) -> bool:
    """Return whether a text is a day and a month in a usual form: Wix leaves out the year of recent posts."""
    match = _WITHOUT_YEAR.fullmatch(text) if code in _MONTHS else None
    return match is not None and match[1].lower() in _months(code)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _months(code: str) -> dict[str, int]:
    names = enumerate(_MONTHS[code].split(), 1)
    return {name: number for number, both in names for name in both.split("|")}
