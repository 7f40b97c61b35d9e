"""Words of a post are not lost because of elements of other pages, of the interface, or end tags in the middle of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_source_forms import AMP, FORMS, STUDIO, WORDS, _posts

from support.post_pages import block, p, post_page, written
from unwix.run.write_post import WrittenPost

LOST = "Bring an apron"
BEFORE, AFTER = p("The kiln is cold."), p("The clay rests.")


def _kinds(post: WrittenPost) -> list[str]:
    return [problem.kind for problem in post.problems]


@pytest.mark.parametrize("hook", ["not-found-page", "forum-content-wrapper"])
@pytest.mark.parametrize("form", ["page of the viewer", "page of Wix Studio", "page of the old blog", "AMP page"])
def test_the_hook_of_another_page_in_a_post_skips_nothing(form: str, hook: str, tmp_path: Path) -> None:
    name, make = FORMS[form]
    made = make()
    text = made.decode() if isinstance(made, bytes) else made
    (post,) = _posts(tmp_path, name, text.replace(WORDS, f'{WORDS}<div data-hook="{hook}">{LOST}.</div>', 1))
    assert LOST in post.body
    assert post.result == "complete"


@pytest.mark.parametrize("end", ["</body>", "</body></html>", "</BODY >", "</html>"])
@pytest.mark.parametrize("place", ["before", "within", "behind"])
@pytest.mark.parametrize("page", [AMP, STUDIO], ids=["AMP", "Studio"])
def test_the_end_tag_of_the_page_in_a_post_ends_nothing(page: str, place: str, end: str, tmp_path: Path) -> None:
    inserted = {
        "before": f"{end}{LOST} <p>{WORDS}",
        "within": f"{WORDS}{end} {LOST}",
        "behind": f"{WORDS}</p>{end}<p>{LOST}",
    }
    (post,) = _posts(tmp_path, "a.html", page.replace(WORDS, inserted[place], 1))
    assert LOST in post.body
    assert WORDS in post.body
    assert post.result == "complete"


@pytest.mark.parametrize("markup", ["<!-- </body> -->{}", '<p title="</body>">x</p>{}', "{}<!-- </html> -->"])
def test_the_end_tag_of_the_page_in_a_comment_or_attribute_is_none(markup: str) -> None:
    post = written(post_page(BEFORE + markup.format(AFTER)))
    assert "The clay rests." in post.body
    assert post.result == "complete"


@pytest.mark.parametrize("hook", ["tooltip-portal", "love-button", "video-ssr-viewer"])
def test_a_short_text_in_an_element_of_the_interface_is_a_warning(hook: str) -> None:
    post = written(post_page(BEFORE + f'<div data-hook="{hook}"><span>{LOST}</span></div>' + AFTER))
    assert LOST not in post.body
    assert _kinds(post) == ["interface-text-left-out"]
    assert f"“{LOST}”" in post.problems[0].detail
    assert post.result == "incomplete"


@pytest.mark.parametrize("text", ["12 votes", "0:45", "Share via Facebook", "Reveal Image", "Alle Ergebnisse ansehen"])
def test_a_known_text_in_an_element_of_the_interface_is_no_problem(text: str) -> None:
    post = written(post_page(BEFORE + f'<div data-hook="tooltip-portal"><span>{text}</span></div>' + AFTER))
    assert _kinds(post) == []
    assert post.result == "complete"


@pytest.mark.parametrize("label", ["Download PDF", "PDF herunterladen", "120KB", "Télécharger PDF"])
def test_a_file_shows_its_name_in_two_lines_and_a_known_label(label: str) -> None:
    file = (
        '<div data-hook="fileUploadViewer"><a href="https://x.example/plan.pdf"><div><div>plan</div><div>.pdf</div></div>'
        f"<div>{label}</div></a></div>"
    )
    post = written(post_page(BEFORE + block(file, "file") + AFTER))
    assert "interface-text-left-out" not in _kinds(post)


FILE = (
    '<div data-hook="file-upload-viewer"><a data-hook="file-upload-link" href="https://x.example/plan.pdf"><div><span data-hook='
    '"file-upload-name">plan</span><span data-hook="file-upload-extension">.pdf</span></div><div>Download PDF • 120KB</div>{}</a></div>'
)
POLL = (
    '<div data-hook="polls-viewer"><span data-hook="polls-question-text-input">Which clay?</span><ul><li data-hook="polls-answer-items">'
    '<div data-hook="polls-answer-image"><p>Change Image</p>{}</div><span data-hook="polls-items-percentage">0%</span><span data-hook='
    '"polls-answer-text-input">Red</span></li></ul></div>'
)


@pytest.mark.parametrize("widget", [FILE, POLL], ids=["file", "poll"])
@pytest.mark.parametrize("markup", ["<p>{}</p>", "<div>{}</div>", "<x-note>{}</x-note>"])
@pytest.mark.parametrize(
    "text", ["Bring an apron and two towels", "Wear an apron of 5 MB or more words than any size has"]
)
def test_a_sentence_in_a_known_widget_is_no_interface_text(widget: str, markup: str, text: str) -> None:
    post = written(post_page(BEFORE + block(widget.format(markup.format(text)), "file") + AFTER))
    assert text in post.body or "words-unaccounted" in _kinds(post)


@pytest.mark.parametrize("widget", [FILE, POLL], ids=["file", "poll"])
def test_a_known_widget_has_only_interface_text(widget: str) -> None:
    post = written(post_page(BEFORE + block(widget.format(""), "file") + AFTER))
    assert not {"words-unaccounted", "interface-text-left-out"} & set(_kinds(post))


@pytest.mark.parametrize("label", ["Bring an apron", "Apron"])
def test_an_unknown_label_in_a_known_widget_is_a_warning(label: str) -> None:
    post = written(post_page(BEFORE + block(POLL.format(f"<p>{label}</p>"), "poll") + AFTER))
    assert _kinds(post) == ["interface-text-left-out"]


@pytest.mark.parametrize("third", ["", ' <a href="/post/three">All of them</a>'])
def test_links_of_a_menu_without_a_space_between_them_are_the_sites(third: str, tmp_path: Path) -> None:
    menu = f'<nav><a href="/post/one">Earlier</a><a href="/post/two">Later</a>{third}</nav>'
    page = (
        post_page(BEFORE + AFTER)
        .decode()
        .replace('<section data-hook="recent-posts">', f'{menu}<section data-hook="recent-posts">', 1)
    )
    (post,) = _posts(tmp_path, "a.html", page)
    assert post.result == "complete"
