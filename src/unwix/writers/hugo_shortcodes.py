"""The templates of the shortcodes that Hugo's posts need, and their calls as HTML for fidelity.

Hugo drops HTML in Markdown, so what Markdown and Hugo's own shortcodes cannot express is a call of one of these.
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
"""`details` is Hugo's own since version 0.140; the others are not in Hugo."""


def call(name: str, **parameters: str | None) -> str:
    """Return the opening call of a shortcode; parameters that are None are left out."""
    attributes = "".join(f' {key}="{value}"' for key, value in parameters.items() if value is not None)
    return f"{{{{< {name}{attributes} >}}}}"


def closing(name: str) -> str:
    """Return the closing call."""
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
"""What turns the calls back into Markdown and HTML."""
