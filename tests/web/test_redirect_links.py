"""Links through the redirects of search engines and social networks lead to their targets."""

from __future__ import annotations

import pytest

from unwix.web.saved_links import LinkRestorer


@pytest.mark.parametrize(
    ("href", "target"),
    [
        (
            "https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fclay%3Fb%3D1&sa=D&ust=1",
            "https://a.example/clay?b=1",
        ),
        ("https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fa.example%2F", "https://a.example/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx&h=AT0", "https://a.example/x"),
        ("https://l.instagram.com/?u=https%3A%2F%2Fa.example%2F&e=AT", "https://a.example/"),
        ("https://www.youtube.com/redirect?event=video&q=https%3A%2F%2Fa.example%2F", "https://a.example/"),
        ("https://www.google.com/search?q=clay", None),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://notgoogle.com.example/url?q=https://a.example/", None),
    ],
)
def test_redirect_links_are_unwrapped(href: str, target: str | None) -> None:
    found = LinkRestorer(None).restore(href)
    assert (found.href, found.problem) == ((target, "redirect-unwrapped") if target else (href, None))
