"""A raw line of text and marks as Markdown: lines that are written without asking cmark-gfm are read as they are meant."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from unwix.writers.markdown.escaping import TEMPLATES, EscapingWriter
from unwix.writers.markdown.flavor import PLAIN, MarkdownFlavor
from unwix.writers.markdown.marks import BREAK, CLOSE

_FLAVORS = (MarkdownFlavor("plain"), MarkdownFlavor("simple", strict_marks=True))
_TEXTS = st.lists(
    st.sampled_from(
        [
            *"ab1.,:;!?()\"'“”-–#+=>:&$^ 😉é中。\u00a0\u200d",
            "1. ",
            "12) ",
            "- ",
            "# ",
            "> ",
            "& ",
            "&a",
            "a b",
            "w" + BREAK,
        ]
    ),
    max_size=5,
).map("".join)
#: A line as nested pieces: a text, or a mark or `[` (a link) and the pieces in it.
_PIECES = st.lists(
    st.recursive(
        _TEXTS, lambda inner: st.tuples(st.sampled_from([*CLOSE, "["]), st.lists(inner, min_size=1, max_size=3)), max_leaves=6
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


class _Asking(EscapingWriter):
    """A writer that asks cmark-gfm about each line."""

    def write(self, line: str, position: str) -> str:
        return self._negotiate(line, position)


def _line(writer: EscapingWriter, pieces: list[object], around: str = "") -> str:
    """Return the raw line of pieces. A mark or link in one of the same kind is only its content, as in an article."""
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        assert isinstance(piece, tuple)
        mark, inner = piece
        text = _line(writer, inner, around + mark)
        if mark in around or not text.strip():
            out.append(text)
        else:
            out.append(writer.link(text, "https://x.example/") if mark == "[" else mark + text + CLOSE[mark])
    return "".join(out)


@given(_PIECES, st.sampled_from(["p", "li", "heading", "cell"]), st.sampled_from(_FLAVORS))
@example(["1.4 ", ("\x01", ["“a”,"]), " & b $5 ^"], "p", _FLAVORS[0])
@example([("[", [("\x03", ["a"])]), " / ", ("[", ["b"])], "p", _FLAVORS[1])
@example([("\x01", ["a ", ("[", ["b →"])])], "li", _FLAVORS[0])
@example(["&a"], "heading", _FLAVORS[0])
@example(["-"], "p", _FLAVORS[0])
def test_a_line_that_is_not_doubtful_is_written_as_cmark_reads_it(
    pieces: list[object], position: str, flavor: MarkdownFlavor
) -> None:
    assert position in TEMPLATES
    writer, asking = EscapingWriter(flavor), _Asking(flavor)
    line = _line(writer, pieces).strip(f" \u00a0{BREAK}")
    if not line.strip() or (position != "p" and BREAK in line):
        return
    _line(asking, pieces)  # the same links
    assert writer.write(line, position) == asking.write(line, position)


def test_a_tag_in_an_alternative_text_is_escaped_because_most_parsers_drop_it() -> None:
    writer = EscapingWriter(PLAIN)
    assert writer.write("a <style> on a pipe, 1 < 2", "alt") == "a \\<style> on a pipe, 1 < 2"
