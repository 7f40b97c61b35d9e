"""Test that the same page gives the same post in all forms in which programs save it, with small pages."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from support.post_pages import code, h, p, picture, post_page, ul, written

BODY = h("Glazes") + p("Ash, <b>bone</b> &amp; café.") + ul("first", "second") + picture("a bowl", "A bowl")
PAGE = post_page(BODY)


def kinds(raw: bytes) -> set[str]:
    return {problem.kind for problem in written(raw).problems}


FORMS = {
    "svg that ends over two lines": PAGE.replace(b"<section", b"<svg><path></path></svg\n ><section", 1),
    "svg without an end tag": PAGE.replace(b"<section", b'<svg viewBox="0 0 1 1"/><section', 1),
    "UTF-16 without a mark": PAGE.decode().encode("utf-16-le"),
    "UTF-16 of the other order": PAGE.decode().encode("utf-16-be"),
    "HTTP headers above": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
    "packed": gzip.compress(PAGE),
    "a note above": b"<p>A copy</p>" + PAGE,
}


@pytest.mark.parametrize("form", FORMS)
def test_saved_form_gives_the_same_post(form: str) -> None:
    found, expected = written(FORMS[form]), written(PAGE)
    assert found.text == expected.text
    assert found.problems == expected.problems


def links(raw: bytes) -> list[str]:
    return re.findall(r"\]\((\S+?)\)", written(raw).text)


def test_a_mirror_with_a_folder_for_each_page_and_none_for_the_host() -> None:
    markup = '<a href="../../index.html">home</a> <a href="../../contact/index.html">contact</a> <a href="../two/index.html">two</a>'
    site = "https://www.potter-lane.example"
    assert links(post_page(p(markup))) == [f"{site}/", f"{site}/contact", f"{site}/post/two"]


def test_a_link_that_climbs_out_of_the_mirror_stays_on_the_site() -> None:
    assert links(post_page(p('<a href="../../../index.html">home</a>'))) == ["https://www.potter-lane.example/"]


@pytest.mark.parametrize("folder", ["A pot_files", "Ein Topf-Dateien", "Un pot_fichiers"])
def test_a_frame_that_a_browser_saved_as_a_file_is_reported_to_be_missing(folder: str) -> None:
    frame = f'<div id="viewer-f"><div data-hook="html-component"><iframe src="./{folder}/saved_resource.html"></iframe></div></div>'
    post = written(post_page(p("Before.") + frame))
    assert "potter-lane.example/post" not in post.text.split("---")[2]
    assert "embed-missing" in {problem.kind for problem in post.problems}


def test_a_page_without_its_optional_end_tags_is_whole() -> None:
    small = re.sub(rb"</(?:p|li|body|html)>", b"", PAGE)
    assert written(small).text == written(PAGE).text
    assert written(small).problems == written(PAGE).problems


def test_page_truncated_after_its_post_is_complete() -> None:
    assert kinds(PAGE[: PAGE.index(b"Recent Posts")]) == {"page-truncated-after-post"}
    assert kinds(PAGE[: PAGE.index(b"second")]) == {"truncated"}


def test_data_in_scripts_has_the_encoding_of_the_page() -> None:
    ld = {"@type": "BlogPosting", "description": "Größe und Maß"}
    head = f'<script type="application/ld+json">{json.dumps(ld, ensure_ascii=False)}</script>'
    raw = post_page(p("Größe."), charset="windows-1252", head=head).decode().encode("cp1252", "xmlcharrefreplace")
    assert "description: Größe und Maß" in written(raw).text


def test_page_in_iso_2022_jp_is_read() -> None:
    page = post_page(p("粘土を休ませる。"), title="Tokyo", charset="iso-2022-jp").decode().replace("’", "'")
    assert "粘土を休ませる。" in written(page.encode("iso-2022-jp", "xmlcharrefreplace")).text


def test_line_breaks_of_the_author_stay_in_reformatted_pages() -> None:
    lines = post_page(p("one\ntwo") + p("three")).replace(b"</div><div", b"</div>\n    <div")
    assert "one\\\ntwo" in written(lines).text


def test_text_that_a_formatter_wrapped_is_one_line() -> None:
    attributes = '<a\n   class="a"\n   data-hook="web-link"\n   href="https://example.com"\n   >a link</a\n>' * 15
    page = post_page(p("one\n   two") + p(attributes)).replace(b"<div", b"\n<div") + b"\n" * 300
    assert "\none two\n" in written(page).text


def test_prettified_page_is_restored_and_reported() -> None:
    """The form of BeautifulSoup's `prettify`: spaces before commas are removed, and reported."""
    page = post_page(p('See <a href="https://example.com">the <b>kiln</b></a>, (<b>hot</b>).') + code("a\nb"))
    pretty = re.sub(rb">([^<]+)<", rb">\n  \1\n <", page.replace(b"<", b"\n  <"))
    pretty = pretty.replace(b"\n  <b", b"\n   <b")
    post = written(pretty)
    assert "See [the **kiln**](https://example.com), (**hot**)." in post.text
    assert "reformatted-html" in {problem.kind for problem in post.problems}


def test_email_protected_by_cloudflare_is_decoded() -> None:
    """First byte 0x20: each other byte is the exclusive or of it and a letter."""
    code = "20" + "".join(f"{ord(letter) ^ 0x20:02x}" for letter in "ada@potter.example")
    hidden = f'<span class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</span>'
    markup = f'Write to {hidden} or <a href="/cdn-cgi/l/email-protection#{code}">Ada</a>, <a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>.'
    text = "Write to ada@potter.example or [Ada](mailto:ada@potter.example), <ada@potter.example>."
    assert text in written(post_page(p(markup))).text.replace(
        "[ada@potter.example](mailto:ada@potter.example)", "<ada@potter.example>"
    )


@pytest.mark.parametrize("code", ["", "zz", "2041", "20" + "0a40" * 3, "ff" * 9])
def test_other_protected_text_is_unchanged(code: str) -> None:
    post = written(post_page(p(f'<span data-cfemail="{code}">[email protected]</span>'))).text
    assert "email protected" in post


EXTENSIONS = {
    "a button of Pinterest's": '<span data-pin-log="button_pinit" class="PIN_1">Save</span>',
    "a checker of grammar": "<grammarly-popups><p>Fix it</p></grammarly-popups>",
    "an advertisement": '<ins class="adsbygoogle" style="display:none">Buy</ins>',
    "what a blocker hid": '<div style="display: none !important">An advert</div>',
    "a second language": '<font class="notranslate immersive-translate-target-wrapper"><br>Asche</font>',
}  # fmt: skip


@pytest.mark.parametrize("name", EXTENSIONS)
def test_markup_of_browser_extensions_is_removed(name: str) -> None:
    node = EXTENSIONS[name].encode()
    for place in (b"Ash, ", b'<div type="paragraph"'):
        dirty = written(PAGE.replace(place, place + node if place.endswith(b" ") else node + place, 1))
        assert dirty.text == written(PAGE).text
        assert dirty.problems == written(PAGE).problems


@pytest.mark.parametrize("tag", ["web-highlight", "hypothesis-highlight", "font", "mark", "grammarly-mark", "lt-span"])
def test_a_highlighted_word_stays_in_its_line(tag: str) -> None:
    dirty = PAGE.replace(b"Ash, ", f"A<{tag} class='x'>sh</{tag}>, ".encode())
    assert written(dirty).text == written(PAGE).text
    assert written(dirty).fidelity.lossless


@pytest.mark.parametrize("sign", ['<html lang="en" class="translated-ltr"', '<html lang="en-x-mtfrom-de"'])
def test_translated_page_is_reported(sign: str) -> None:
    page = PAGE.replace(b'<html lang="en"', sign.encode()).replace(b"one\xe2\x80\x99s own</h1>", b"mine</h1>")
    wrapped = re.sub(rb">(second|A bowl)<", rb'><font style="vertical-align: inherit;"><font>\1</font></font><', page)
    assert written(wrapped).text == written(PAGE).text  # the title is og:title, which translators do not change
    assert kinds(wrapped) == {"machine-translated"}


def test_links_of_google_translate_lead_to_the_site() -> None:
    markup = (
        '<a href="https://www-potter--lane-example.translate.goog/post/two?a=b&amp;_x_tr_sl=en&amp;_x_tr_tl=de#x">two</a> '
        '<a href="https://translate.google.com/website?sl=en&amp;client=webapp&amp;u=https://clay.example/">clay</a>'
    )
    assert links(post_page(p(markup))) == ["https://www.potter-lane.example/post/two?a=b#x", "https://clay.example/"]


@pytest.mark.parametrize("prefix", ["https://replay.example/coll/20240102030405mp_/", "/w/20240102030405/"])
def test_a_replay_of_another_archive_is_undone(prefix: str) -> None:
    sites = [f"https://clay.example/{n}" for n in range(4)]
    page = post_page(p(" ".join(f'<a href="{prefix}{site}">{site[-1]}</a>' for site in sites)))
    script = b"<head><!-- WB Insert --><script>wbinfo.coll = 'w';</script><!-- End WB Insert -->"
    assert links(page.replace(b"<head>", script)) == sites
    assert links(page) != sites  # an author may link to an archive


def without(raw: bytes, pattern: bytes) -> bytes:
    return re.sub(pattern, b"", raw)


def test_page_without_data_attributes_is_read() -> None:
    """Programs that clean HTML remove data attributes; block ids and file names of images remain."""
    post = written(without(PAGE, rb"\sdata-[\w-]+=(?:\"[^\"]*\"|'[^']*')"))
    assert post.text.split("---")[2] == written(PAGE).text.split("---")[2]


def test_an_empty_block_is_reported_where_its_hooks_are_gone() -> None:
    gallery = '<div data-breakout="normal"><div data-hook="gallery-viewer"></div></div><div type="gallery" data-hook="rcv-block3"></div>'
    page = post_page(p("Before.") + gallery)
    bare = without(page, rb"\sdata-hook=\"(?!post)[^\"]*\"")
    assert "gallery-missing" in kinds(page) & kinds(bare)


def test_body_without_block_ids_is_found() -> None:
    """Pages before 2022 have no markers either."""
    page = without(without(PAGE, rb"\sid=\"viewer-[^\"]*\""), rb"<div type=[^>]*></div>")
    assert "Ash, **bone** & café." in written(page).text


NOTES = {
    "Save Page WE": '<meta name="savepage-url" content="https://clay.example/post/rest">',
    "monolith": "<!-- Saved from https://clay.example/post/rest at 2026-11-01T10:00:00Z using monolith v2.8.1 -->",
    "SingleFile": "<!--\n Page saved with SingleFile \n url: https://clay.example/post/rest \n-->",
    "a browser": "<!-- saved from url=(0029)https://clay.example/post/rest -->",
}


@pytest.mark.parametrize("program", NOTES)
def test_url_stated_by_the_saving_program_is_read(program: str) -> None:
    page = post_page(BODY, url="").replace(b"<head>", b"<head>" + NOTES[program].encode())
    assert "canonical_url: https://clay.example/post/rest\n" in written(page).text


@pytest.mark.parametrize("attribute", ["data-sf-original-src", "data-savepage-src", "data-cfsrc"])
def test_urls_in_data_attributes_of_saving_programs_are_restored(attribute: str) -> None:
    frame = '<div id="viewer-f"><div data-hook="html-component"><iframe src="https://clay.example/map"></iframe></div></div>'
    image = '<div id="viewer-g"><div data-hook="imageViewer"><img alt="a jar" src="https://clay.example/jar.png"></div></div>'
    page = post_page(p("Before.") + frame + image)
    aside = re.sub(
        rb' src="(https://clay[^"]*)"', rf' {attribute}="\1" src="data:image/png;base64,AAAA"'.encode(), page
    )
    assert written(aside).text == written(page).text
    assert written(aside).problems == written(page).problems == []


def test_links_are_relative_to_the_base_where_no_url_is_known() -> None:
    page = post_page(p('<a href="/contact">contact</a>'), url="").replace(
        b"<head>", b'<head><base href="https://clay.example/">'
    )
    assert links(page) == ["https://clay.example/contact"]


def test_title_element_is_the_last_resort() -> None:
    page = post_page(BODY, title=None).replace(b"<head>", b"<head><title>Rest &amp; rise</title>")
    assert "title: Rest & rise\n" in written(page).text


def test_json_ld_is_escaped_as_in_html() -> None:
    head = '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "Clay &amp; &quot;ash&quot;", "description": "One.&#010;Two."}</script>'
    page = post_page(BODY, title=None, head=head)
    assert 'title: Clay & "ash"\n' in written(page).text
    assert "description: One. Two.\n" in written(page).text


def test_a_gif_whose_video_is_next_to_the_page_is_reported_to_be_missing() -> None:
    gif = '<div id="viewer-f"><figure data-hook="figure-GIF"><video data-hook="giphy-player" src="{}"></video></figure></div>'
    for source in ("./A pot_files/giphy.mp4", "data:video/mp4;base64,AAAA"):
        post = written(post_page(p("Before.") + gif.format(source)))
        assert "![" not in post.text
        assert "image-not-in-page" in {problem.kind for problem in post.problems}


def test_the_caption_of_a_missing_image_stays() -> None:
    lost = re.sub(rb"<wow-image.*?</wow-image>", b'<img src="data:image/png;base64,AAAA">', PAGE)
    assert "missing image" in written(lost).text
    assert "_A bowl_" in written(lost).text
    assert written(lost).fidelity.lossless


def test_placeholder_url_completed_by_a_program_is_ignored() -> None:
    """A file's button has `#0`; Chromium completes it in MHTML."""
    button = '<div id="viewer-f"><div data-hook="fileUploadViewer"><div data-hook="fileUploadName">Glaze</div><a href="{}"></a></div></div>'
    for href in ("#0", "https://www.potter-lane.example/post/a-pot-of-ones-own#0"):
        assert "attachment-url-missing" in kinds(post_page(p("Before.") + button.format(href)))


def test_a_closed_item_that_singlefile_emptied_is_reported() -> None:
    item = '<div data-hook="collapsible-list-item collapsed"><div data-hook="collapsible-list-item-title"><p id="viewer-q">Why?</p></div>{}</div>'
    faq = '<div id="viewer-f"><div data-hook="collapsible-list-component">{}</div></div>'
    whole = item.format('<div data-hook="collapsible-list-item-body"><p id="viewer-a">Heat.</p></div>')
    emptied = item.format('<div class="a sf-hidden"></div>')
    assert kinds(post_page(p("Before.") + faq.format(whole))) == set()
    post = written(post_page(p("Before.") + faq.format(whole + emptied)))
    assert "missing content of a closed item" in post.text
    assert [problem.kind for problem in post.problems] == ["block-missing"]


def test_settings_that_a_formatter_laid_out_state_the_url_of_the_page() -> None:
    settings = json.dumps({"requestUrl": "https://kiln.example/post/ash", "site": {"x": 1}}, indent=2)
    script = f'<script type="application/json" id="wix-viewer-model">{settings}</script>'
    page = re.sub(rb'<(?:link rel="canonical"|meta property="og:url")[^>]*>', b"", PAGE)
    assert b"og:url" not in page
    assert written(page.replace(b"</head>", script.encode() + b"</head>")).metadata.slug == "ash"


DAMAGED = {
    "in the head": (PAGE.replace(b"</head>", b'<meta name="x" content="\xff"></head>'), "encoding-damaged-elsewhere"),
    "in a menu": (PAGE.replace(b"<article", b"<nav>Men\xfc</nav><article", 1), "encoding-damaged-elsewhere"),
    "in the text": (PAGE.replace(b"Ash, ", b"Ash\xff, "), "encoding-damaged"),
    "in an alternative text": (PAGE.replace(b'alt="a bowl"', b'alt="a \xffbowl"'), "encoding-damaged"),
}


@pytest.mark.parametrize("place", DAMAGED)
def test_invalid_bytes_outside_of_the_post_are_a_note(place: str) -> None:
    raw, kind = DAMAGED[place]
    assert raw != PAGE
    assert kinds(raw) - kinds(PAGE) == {kind}


def test_the_title_comes_from_the_metadata_if_only_the_heading_is_damaged() -> None:
    heading = re.search(rb'data-hook="post-title"[^>]*>(?:<[^>]*>)*([^<]+)', PAGE)
    assert heading
    damaged = PAGE[: heading.start(1)] + b"\xc4" + heading[1][1:] + PAGE[heading.end(1) :]
    metadata = written(damaged).metadata
    assert metadata.title == heading[1].decode()
    assert metadata.seo_title is None
