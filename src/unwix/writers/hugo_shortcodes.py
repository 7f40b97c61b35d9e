"""Define the templates of the shortcodes that posts for Hugo need, and their HTML for the fidelity check.

Hugo drops HTML in Markdown. What neither Markdown nor Hugo's own shortcodes can express is a call of one of these.
"""

from __future__ import annotations

import html
import re

from . import block_styles
from .markdown.read_back import Reading
from .target import SupportFile

_RESOURCE = '{{- $src := .Get "src" }}{{ with .Page.Resources.Get $src }}{{ $src = .RelPermalink }}{{ end -}}\n'
_PLAYER = (
    _RESOURCE
    + '<figure class="%(kind)s"><%(kind)s src="{{ $src }}"{{ with .Get "title" }} title="{{ . }}"{{ end }}'
    + '%(style)s preload="metadata" controls></%(kind)s></figure>\n'
)
_TEMPLATES = {
    "rawhtml": "{{- .Inner -}}\n",
    "comment": "{{- $_ := .Inner -}}\n",
    "gallery": f'<div class="gallery" style="{block_styles.GALLERY}">\n{{{{ .Inner }}}}\n</div>\n',
    "details": (
        '<details><summary>{{ .Get "summary" }}</summary>\n'
        '{{ .Inner | .Page.RenderString (dict "display" "block") }}\n</details>\n'
    ),
    "button": '<p><a class="button" href="{{ .Get "href" | safeURL }}">{{ .Get "text" }}</a></p>\n',
    "video": _PLAYER % {"kind": "video", "style": f' style="{block_styles.VIDEO_FILE}"'},
    "audio": _PLAYER % {"kind": "audio", "style": ""},
}
SUPPORT_FILES = tuple(
    SupportFile(f"layouts/shortcodes/{name}.html", template, f"{{{{< {name} ") for name, template in _TEMPLATES.items()
)
"""Hugo has `details` since version 0.140, and none of the others."""


def call(name: str, **parameters: str | None) -> str:
    """Return the opening call of a shortcode, without the parameters that are None."""
    attributes = "".join(f' {key}="{value}"' for key, value in parameters.items() if value is not None)
    return f"{{{{< {name}{attributes} >}}}}"


def closing(name: str) -> str:
    """Return the closing call of a shortcode."""
    return f"{{{{< /{name} >}}}}"


_PARAMETER = re.compile(r'(\w+)="([^"]*)"')


def _button_as_html(match: re.Match[str]) -> str:
    href, text = match.groups()
    return f'<a href="{html.escape(href)}">{html.escape(text)}</a>'


def _player_as_html(match: re.Match[str]) -> str:
    values: dict[str, str] = dict(_PARAMETER.findall(match[1]))
    url = html.escape(values["src"])
    return f'<p><a href="{url}">{html.escape(values.get("title", values["src"]))}</a></p>'


def _details_as_html(match: re.Match[str]) -> str:
    return f"<details>\n<summary>{html.escape(match[1])}</summary>"


READINGS: tuple[Reading, ...] = (
    (r"\{\{< comment >\}\}(.*?)\{\{< /comment >\}\}", r"<!-- \1 -->"),
    (r"\{\{< /?rawhtml >\}\}", ""),
    (r"(?s)\{\{< gallery >\}\}\n(.*?)\n\{\{< /gallery >\}\}", lambda match: match[1].replace("\n", "\n\n")),
    (r'\{\{< details summary="([^"]*)" >\}\}', _details_as_html),
    (r"\{\{< /details >\}\}", "</details>"),
    (r'\{\{< button href="([^"]*)" text="([^"]*)" >\}\}', _button_as_html),
    (r"\{\{< (?:video|audio) (.*?) >\}\}", _player_as_html),
)
"""Patterns that turn the calls back into Markdown and HTML."""
