"""Catalogue of Wix's interface texts: one `<language>.toml` for each language, tables of the blog's viewer.

`viewer.tsv` has texts that can be where an author writes, `widgets.tsv` those of buttons and widgets. A language file
has a table for each kind of line, with strings grouped by evidence (docs/wix/ui-texts.md#marks). In a string `{n}` is a
number, `{date}` a date, `{any}` any short text. Pages mix languages (docs/wix/ui-texts.md#mixed-languages), so all
files are matched at once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

#: The directory of the files; to import `importlib.resources` takes longer than to read them.
_FOLDER = Path(__file__).parent
#: A number as a counter prints it, also shortened (`1.2K`, `1,2 тыс.`, `1.2万`) and with Arabic digits.
NUMBER = (
    r"[\d٠-٩](?:[\d٠-٩.,\u00a0\u202f ]{0,12}[\d٠-٩])?"
    r"(?:[ \u00a0]?(?:(?:K|M|Mio\.|Tsd\.|тыс\.?|млн|mil|tis\.|tys\.)(?!\w)|万|萬|千|천|만))?"
)
#: Kinds of lines whose string stands before a name or behind a number, not alone.
_PREFIXES = frozenset({"author"})


@cache
def file_texts() -> list[str]:
    """Return the texts of the language files, by name."""
    return [file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob("*.toml"))]


@cache
def strings() -> dict[str, dict[str, list[str]]]:
    """Return the strings of each kind of line by language."""
    result: dict[str, dict[str, list[str]]] = {}
    for file in file_texts():
        _add_tables(result, file)
    return result


@cache
def strings_of(kind: str) -> dict[str, list[str]]:
    """Return the strings of one kind of line by language, without the time to parse all of them."""
    texts: dict[str, dict[str, list[str]]] = {}
    for file in file_texts():
        language, (_, *tables) = _LANGUAGE.search(file), _TABLE.split(file)
        for name, content in zip(tables[::2], tables[1::2], strict=True):
            if name == kind and language is not None:
                _add_tables(texts, f"{language[0]}\n[{name}]{content}")
    return texts.get(kind, {})


#: The line that names the language of a file, and the line at which a table begins.
_LANGUAGE, _TABLE = re.compile(r"^language = .*$", re.M), re.compile(r"^\[(\w+)\]$", re.M)


def _add_tables(tables: dict[str, dict[str, list[str]]], file: str) -> None:
    import tomllib

    table = tomllib.loads(file)
    language = table.pop("language")
    for kind, by_mark in table.items():
        tables.setdefault(kind, {})[language] = [text for texts in by_mark.values() for text in texts]


def pattern(text: str) -> str:
    """Return a catalogue string as a regular expression: any spaces and apostrophes, `{n}` and `{date}` open."""
    parts = re.split(r"(\{n\}|\{date\}|\{any\})", text)
    out = []
    for part in parts:
        if part == "{n}":
            out.append(rf"(?:{NUMBER}|NaN)")  # a rating that nobody gave
        elif part == "{date}":
            out.append(r".{1,40}?")
        elif part == "{any}":
            out.append(r"[^•\n]{1,40}?")
        else:
            out.append(re.sub("['’]", "['’]", re.escape(part).replace(r"\ ", r"[\s\u00a0]*")))
    return "".join(out)


@cache
def lines() -> dict[str, re.Pattern[str]]:
    """Return the pattern of a whole line of each kind, in any language."""
    result: dict[str, re.Pattern[str]] = {}
    for kind, by_language in strings().items():
        choices = "|".join(sorted({pattern(t) for texts in by_language.values() for t in texts}, key=len, reverse=True))
        tail = r"(?:[\s\u00a0]*[:：])?[\s\u00a0]*(?P<name>\S.*)?" if kind in _PREFIXES else r"[\s\u00a0]*[.:…]{0,3}"
        # A card's like state has the number of likes before it, with their word, and behind it, glued on.
        choices = (
            rf"(?:{NUMBER}(?:[^\d\n]{{1,30}}?[.:])?\s*)?(?:{choices})(?:\s*{NUMBER})?"
            if kind == "like"
            else rf"(?:{choices})"
        )
        result[kind] = re.compile(rf"\s*(?:[•·]\s*)?{choices}{tail}\s*\Z", re.I)
    views, comments = (
        result[k].pattern.removeprefix(r"\s*(?:[•·]\s*)?").removesuffix(r"[\s\u00a0]*[.:…]{0,3}\s*\Z")
        for k in ("views", "comments")
    )
    result["counters"] = re.compile(rf"\s*(?P<views>{views})\s*(?P<comments>{comments})\s*\Z", re.I)
    return result


def updated_date(line: str) -> str:
    """Return the date in an `Updated: …` line, whose label precedes it in all languages."""
    labels = sorted(
        {text.split("{date}")[0] for texts in strings()["updated"].values() for text in texts}, key=len, reverse=True
    )
    tables = next((m for label in labels if (m := re.match(rf"\s*{pattern(label)}", line, re.I))), None)
    return line[tables.end() :].strip(" :：\u00a0\u200f\u200e") if tables else line


@cache
def languages_of(kind: str) -> dict[str, re.Pattern[str]]:
    """Return each language's own pattern for one kind, to detect the language of a line."""
    by_language = strings().get(kind, {})
    return {lang: re.compile(rf"\s*(?:{'|'.join(map(pattern, texts))})", re.I) for lang, texts in by_language.items()}


@cache
def viewer_words() -> frozenset[str]:
    """Return the viewer's strings that can be where an author writes their own text.

    In 37 languages (docs/wix/ui-texts.md#viewer-strings).
    """
    return frozenset(cells("viewer.tsv"))


def cells(table: str) -> list[str]:
    """Return the strings of a table with a column for each language."""
    lines = (_FOLDER / table).read_text(encoding="utf-8").splitlines()
    return [cell.strip() for line in lines[1:] for cell in line.split("\t")[1:]]
