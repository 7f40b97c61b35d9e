"""Write XML elements in the form of WXR files."""

from __future__ import annotations

import re
from html import escape

#: Characters that XML 1.0 does not allow.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, text: str) -> str:
    """Return an element with escaped text."""
    return f"<{name}>{escape(xml_text(text), quote=False)}</{name}>\n"


def data(name: str, text: str) -> str:
    """Return an element whose text is a CDATA section."""
    return f"<{name}>{cdata(text)}</{name}>\n"


def cdata(text: str) -> str:
    """Return text as a CDATA section."""
    return f"<![CDATA[{xml_text(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def xml_text(text: str) -> str:
    """Return text without the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("�", text)
