"""Lines that belong together: verse, addresses and signatures in posts that separate paragraphs by empty blocks."""

from __future__ import annotations

import pytest

from support import post_pages as pages

LONG = (
    "A long paragraph about clay, which goes on and on until nobody could take it for a line of anything else. It ends."
)
EMPTY = pages.block('<div id="viewer-empty"><span><br role="presentation"/></span></div>', "empty-line")
NBSP = pages.p("&nbsp;")


def body(*blocks: str) -> str:
    _, text = pages.split(pages.written(pages.post_page("".join(blocks))).text)
    return text.strip()


@pytest.mark.parametrize("empty", [EMPTY, NBSP])
def test_verse_has_its_stanzas(empty: str) -> None:
    verse = [pages.p("row, on row,"), pages.p("as pale as sky"), empty, pages.p("and cold as clay"), pages.p("we turn")]
    text = body(pages.p(LONG), empty, *verse, empty, pages.p(LONG))
    assert [part.count("\n") for part in text.split("\n\n")] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "blocks",
    [
        # without empty blocks
        (pages.p(LONG), pages.p("one line"), pages.p("another line"), pages.p(LONG)),
        # the run continues in a long paragraph
        (pages.p(LONG), EMPTY, pages.p("one line"), pages.p("another line"), pages.p(LONG)),
        # most of it are sentences
        (pages.p(LONG), EMPTY, pages.p("It rained."), pages.p("We went home."), EMPTY, pages.p(LONG)),
        # one block with a line left out in it
        (pages.p(LONG), EMPTY, pages.p("one line<br><br>another line"), EMPTY, pages.p(LONG)),
    ],
)
def test_paragraphs_stay_paragraphs(blocks: tuple[str, ...]) -> None:
    assert "\n" not in body(*blocks).replace("\n\n", "")


_LONG_ITEM = (
    "raw clay, as much as you can carry home from the river in two buckets on a day without rain, and dry sand."
)


@pytest.mark.parametrize("bullet", ["-", "–", "•", "⁃", "*", "✓", "->", ">>"])
@pytest.mark.parametrize("blocks", [(LONG, EMPTY), ()])
def test_items_of_a_typed_list_are_together_however_long_they_are(bullet: str, blocks: tuple[str, ...]) -> None:
    """Wix shows no space between them, so that separate paragraphs would look different."""
    items = [pages.p(f"{bullet} {text}") for text in ("a wheel", _LONG_ITEM, "a kiln.", "patience!")]
    text = body(*(pages.p(block) if block == LONG else block for block in blocks), pages.p("You need:"), *items)
    parts = text.split("\n\n")
    assert parts[-2] == "You need:"
    assert parts[-1].count("\\\n") == 3
    assert "raw clay" in parts[-1]


@pytest.mark.parametrize(
    "lines",
    [
        ("・抹茶　小さじ2", "・牛乳", "・砂糖。"),
        ("①湯を沸かす。", "②混ぜる。", "③飲む。"),
        ("●소금", "●물", "●쌀"),
        ("■茶", "■水", "■糖。"),
    ],
)
def test_bullets_before_letters_without_a_space_and_before_quotes_are_bullets(lines: tuple[str, ...]) -> None:
    assert body(pages.p("材料："), *map(pages.p, lines)) == "材料：\n\n" + "\\\n".join(lines)


def test_items_with_other_bullets_or_as_long_as_paragraphs_stay_apart() -> None:
    text = body(pages.p(f"- {LONG}"), pages.p(f"• {LONG}"), pages.p(f"- {LONG * 4}"), pages.p(f"- {LONG * 4}"))
    assert "\\\n" not in text


def test_speech_after_a_dash_and_rows_of_symbols_stay_in_paragraphs() -> None:
    text = body(pages.p(f"— {LONG}"), pages.p(f"— {LONG}"), pages.p("-5 degrees"), pages.p("-7 degrees"))
    text += body(pages.p("★★★☆☆ dull"), pages.p("★☆☆☆☆ dry"), pages.p("・・・"), pages.p("・・・"))
    assert "\\\n" not in text


def test_a_name_before_short_and_long_answers_looks_the_same() -> None:
    """A bold line is not a line of verse: whether the next one is a sentence decides."""
    ada, ben = "<strong>Ada</strong>", "<strong>Ben</strong>"
    short = [pages.p(ada), pages.p("How did you build it?"), EMPTY]
    text = body(*short, pages.p(ben), pages.p(LONG), EMPTY, *short, pages.p(ben), pages.p("With help."), EMPTY)
    assert "\\\n" not in text
    address = body(pages.p(LONG), EMPTY, pages.p(ada), pages.p("Potters Row 5"), EMPTY, pages.p(LONG))
    assert "**Ada**\\\nPotters Row 5" in address


def test_a_whole_list_that_is_indented_begins_at_the_margin() -> None:
    items = "".join(pages.li(text, level) for text, level in (("one", 2), ("two", 2), ("deeper", 3), ("three", 2)))
    draft = "".join(f'<li class="x public-DraftStyleDefault-depth1 y">{text}</li>' for text in ("four", "five"))
    text = body(pages.block(f"<ol>{items}</ol>", "ordered_list"), pages.p("Between."), pages.block(f"<ul>{draft}</ul>"))
    assert text == "1. one\n2. two\n   1. deeper\n3. three\n\nBetween.\n\n- four\n- five"


def test_a_list_parted_by_an_empty_block_is_one() -> None:
    assert body(pages.ul("one"), EMPTY, pages.ul("two"), NBSP, pages.ul("three")) == "- one\n- two\n- three"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("We met on <time>5 May</time>, at <label>noon</label>.", "We met on 5 May, at noon."),
        ("Press <button>Start</button> now", "Press Start now"),
        ("Expand <button data-hook='image-expand-button'>Zoom</button>here", "Expand here"),
    ],
)
def test_text_in_elements_of_forms_is_the_authors(markup: str, text: str) -> None:
    assert body(pages.p(markup)) == text


def test_a_question_in_a_button_is_kept() -> None:
    item = '<div data-hook="new-accordion"><button><h3>Which wood?</h3></button><div><p>Oak.</p></div></div>'
    assert body(pages.block(item)) == "### Which wood?\n\nOak."


HOVER = '<div class="item-hover-flex-container"><div data-hook="item-hover-0"><button data-hook="love-button">3</button><div><div>{}</div></div></div></div>'


@pytest.mark.parametrize(
    ("texts", "caption"),
    [("The stairs in 1902", "_The stairs in 1902_"), ("The stairs</div><div>in 1902", "_The stairs\\\nin 1902_")],
    ids=["a title", "title and description"],
)
def test_the_texts_of_an_image_of_a_gallery_shown_on_hover_are_its_caption(texts: str, caption: str) -> None:
    image = f'<div data-hook="image-item"><img data-hook="gallery-item-image-img" alt="" src="https://static.wixstatic.com/media/{pages.PICTURE}"></div>'
    item = f'<div data-hook="item-container">{image}{HOVER.format(texts)}</div>'
    written = pages.written(pages.post_page(pages.block(f'<div data-hook="gallery-viewer">{item}</div>', "gallery")))
    assert caption in written.text
    assert written.result == "complete"


@pytest.mark.parametrize("name", ["wix-hint", "own-hint", "hint", "slot", "math"])
def test_an_unknown_element_in_a_sentence_is_part_of_its_line(name: str) -> None:
    sentence = f"The kiln <{name}>by the river</{name}> is cold."
    assert body(pages.p(sentence)) == body(pages.block(f"<div>{sentence}</div>")) == "The kiln by the river is cold."


def test_blocks_in_an_unknown_element_are_blocks() -> None:
    assert body(pages.block("<wix-card><div>One.</div><div>Two.</div></wix-card>")) == "One.\n\nTwo."


def test_day_and_place_on_the_card_of_an_event_are_noted() -> None:
    texts = "<span><svg></svg>24 June</span><span><svg></svg>at the ford</span>"
    title = '<div data-hook="vertical-embed-title">Mill night</div>'
    card = f'<div data-hook="vertical-embed" data-url="https://mill.example/night">{title}<div data-hook="vertical-embed-subtitle">{texts}</div></div>'
    written = pages.written(pages.post_page(pages.block(card, "app_embed")))
    assert "[Mill night](https://mill.example/night)" in written.text
    assert [(p.kind, p.detail) for p in written.problems] == [
        ("card-text-left-out", "the card of a link shows more than its title: “24 June · at the ford”")
    ]
    assert written.result == "complete"


def test_the_dash_between_title_and_performer_of_an_audio_is_no_addition() -> None:
    names = '<div data-hook="audio-title">Rain</div><div data-hook="audio-creator">Rotem</div>'
    written = pages.written(
        pages.post_page(pages.p("One.") + pages.block(f'<div data-hook="audio-viewer">{names}</div>'))
    )
    assert "Rain – Rotem" in written.text
    assert [p.kind for p in written.problems] == ["audio-missing"]
    assert written.result == "incomplete"
