"""Text that the style sheets of a page show in a post is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_source_forms import FORMS, WORDS, _posts

from support.post_pages import p, post_page, written

NOTE = '<div class="tip"><span>Oak burns hot.</span></div>'


def _page(rule: str, note: str = NOTE) -> bytes:
    return post_page(p("The kiln is cold.") + note + p("The clay rests."), head=f"<style>{rule}</style>")


@pytest.mark.parametrize(
    "rule",
    [
        '.tip::before{content:"Bring an apron"}',
        ".tip > span:after { color: red; content : 'Bring an apron' }",
        "@media screen { article .tip::before { content: 'Bring ' 'an apron' } }",
        'section[data-hook="post-description"] .tip::before{content:"Bring an apron"}',
        ".tip::before{content:'\\42 ring an apron'}",
        ".x, .tip::before{content:'Глина сохнет'}",
    ],
)
def test_text_of_a_style_sheet_in_the_head_is_reported(rule: str) -> None:
    post = written(_page(rule))
    (problem,) = post.problems
    assert problem.kind == "generated-text-left-out"
    assert "“" in problem.detail
    assert post.result == "incomplete"


@pytest.mark.parametrize(
    "rule",
    [
        '.other::before{content:"Bring an apron"}',
        'body::before{content:"Bring an apron"}',
        '#SITE_CONTAINER::before{content:"Bring an apron"}',
        '.menu .tip::before{content:"Bring an apron"}',
        '.tip::before{content:"The clay rests"}',
        '.tip::before{content:"▼"}',
        '.tip::before{content:"\\201C"}',
        '.tip{justify-content:center;font-family:"Bring an apron"}',
        '/* .tip::before{content:"Bring an apron"} */',
    ],
)
def test_rules_that_show_no_text_in_the_post_are_no_problem(rule: str) -> None:
    post = written(_page(rule))
    assert post.problems == []
    assert post.result == "complete"


@pytest.mark.parametrize("form", ["page of Wix Studio", "page of the old blog", "AMP page", "page with several posts"])
def test_text_of_a_style_sheet_is_reported_in_all_forms_of_pages(form: str, tmp_path: Path) -> None:
    name, make = FORMS[form]
    text = str(make()).replace("</head>", '<style>.tip::before{content:"Bring an apron"}</style></head>', 1)
    first = _posts(tmp_path, name, text.replace(WORDS, f'{WORDS}<b class="tip">.</b>', 1))[0]
    assert "generated-text-left-out" in [problem.kind for problem in first.problems]
    assert first.result == "incomplete"
