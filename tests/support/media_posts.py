"""Posts with media, and runs on them with a server on this machine (media_server.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from support import post_pages as pages
from support.media_server import Web
from unwix.cli.main import cli
from unwix.schema import schema

HEX = "ab12cd_0123456789abcdef0123456789abcdef"
STATIC = "https://static.wixstatic.com/media/"
FILM = f"/video/{HEX}/{{}}/mp4/file.mp4"


def name(number: int) -> str:
    return f"ab12cd_{number:032x}~mv2.jpg"


def image(number: int, src: str | None = None, alt: str = "", size: tuple[int, int] | None = (800, 600)) -> str:
    """Return an image in the markup of pages; `src` is the URL of the `<img>` itself."""
    info = {"uri": name(number)} | ({"width": size[0], "height": size[1]} if size else {})
    escaped = json.dumps({"imageData": info}).replace('"', "&quot;")
    markup = f'<img alt="{alt}" src="{src or STATIC + name(number)}">'
    return pages.block(
        '<figure data-hook="figure-IMAGE"><div data-hook="image-viewer">'
        f'<wow-image id="{name(number)}" data-image-info="{escaped}">{markup}</wow-image></div></figure>',
        "image",
    )


def film(resolution: str = "1080p") -> str:
    address = "https://video.wixstatic.com" + FILM.format(resolution)
    return pages.block(f'<figure data-hook="figure-VIDEO"><video src="{address}"></video></figure>', "video")


def write(folder: Path, *posts: str, **more: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, body in enumerate(posts):
        page = pages.post_page(pages.p("Some words.") + body, f"Pot {number}", f"pot-{number}", **more)
        (folder / f"{number}.html").write_bytes(page)
    return folder


def run(web: Web, *arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(a) for a in arguments], obj=web.network)
    assert result.exit_code == code, result.output
    return result


def convert(web: Web, source: Path, output: Path, *more: object, code: int = 0) -> list[dict[str, Any]]:
    """Return the rows of media.json after a run that copies media."""
    run(web, "convert", source, "-o", output, "-j", 0, "--media", "copy", *more, code=code)
    return listed(output)


def listed(output: Path) -> list[dict[str, Any]]:
    """Return the rows of a media.json, and assert that it fits its schema."""
    data = json.loads((output / "media.json").read_text())
    Draft202012Validator(schema("media")).validate(data)
    rows: list[dict[str, Any]] = data["media"]
    return rows


def problems(output: Path) -> list[tuple[str, str]]:
    report = json.loads((output / "report.json").read_text())
    kinds = ("download-failed", "media-lower-resolution")
    return [(p["kind"], p["detail"]) for row in report["posts"] for p in row["problems"] if p["kind"] in kinds]


def media(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in pages.files(output).items() if path.startswith("media/")}
