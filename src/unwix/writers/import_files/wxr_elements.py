"""Write XML elements in the form of WXR files."""

from __future__ import annotations

from html import escape

from ...web.text_cleaning import xml_text


def tag(name: str, text: str) -> str:
    """Return an element with escaped text."""
    return f"<{name}>{escape(xml_text(text), quote=False)}</{name}>\n"


def data(name: str, text: str) -> str:
    """Return an element whose text is a CDATA section."""
    return f"<{name}>{cdata(text)}</{name}>\n"


def cdata(text: str) -> str:
    """Return text as a CDATA section."""
    return f"<![CDATA[{xml_text(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
