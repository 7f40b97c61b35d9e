"""Open pages of local servers in Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from PIL import Image

from support.programs import program

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
#: Milliseconds; generous, because a CI machine may be slow.
_TIMEOUT = 120_000
PHONE, DESKTOP = 390, 1440
#: Elements that are wider than the column of text: blocks that are not paragraphs, unless an element around them
#: scrolls. Long words are up to the theme.
_OUTSIDE = """selector => {
  const column = document.querySelector(selector);
  const text = [...column.querySelectorAll(':scope > :is(p, h2, h3, ul, ol)')].map(p => p.getBoundingClientRect());
  const left = Math.min(...text.map(box => box.left)), right = Math.max(...text.map(box => box.right));
  const scrolls = element => {
    for (let up = element.parentElement; up && up !== column; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  const blocks = 'img, figure, iframe, video, audio, table, pre, details, blockquote, ul, ol, hr, .wp-block-buttons, .kg-card';
  const page = document.documentElement.clientWidth;
  return [...column.querySelectorAll(blocks)].filter(element => {
    const box = element.getBoundingClientRect(), isWide = element.closest('.kg-width-wide, .kg-width-full');
    const [from, to] = isWide || !text.length ? [0, page] : [left, right];
    return box.width && !scrolls(element) && (box.left < from - 1 || box.right > to + 1);
  }).map(element => element.outerHTML.slice(0, 120));
}"""
_LOAD_IMAGES = """() => {
  for (const image of document.images) image.loading = 'eager';
  return Promise.all([...document.images].map(image => image.decode().catch(() => {})));
}"""
_BROKEN = """selector => [...document.querySelector(selector).querySelectorAll('img')]
  .filter(image => image.getBoundingClientRect().width && !image.naturalWidth).map(image => image.src)"""


def _answer(route: Any) -> None:
    """Let local servers respond. Images of other hosts are replaced by a wide one; other requests fail."""
    if "//127.0.0.1" in route.request.url:
        route.continue_()
    elif route.request.resource_type == "image":
        route.fulfill(body=_wide_image(), content_type="image/png")
    else:
        route.abort()


@cache
def _wide_image() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2400, 1200), (70, 110, 150)).save(out, "PNG")
    return out.getvalue()


@contextmanager
def browser_page() -> Iterator[Any]:
    """Start Chromium and yield a page that makes no requests to other machines."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=_FLAGS, timeout=_TIMEOUT)
        page = chromium.new_page(viewport={"width": DESKTOP, "height": 900})
        page.set_default_timeout(_TIMEOUT)
        page.route("**/*", _answer)
        yield page
        chromium.close()


def layout_faults(page: Any, url: str, column: str) -> list[str]:
    """Return broken images and elements wider than the column of text, on a phone and on a large screen.

    `column` is a CSS selector of the element whose children are the post's blocks.
    """
    page.goto(url, wait_until="load")
    page.evaluate(_LOAD_IMAGES)
    faults = [f"broken: {image}" for image in page.evaluate(_BROKEN, column)]
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{width} px: {element}" for element in page.evaluate(_OUTSIDE, column)]
    return faults
