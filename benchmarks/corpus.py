"""The saved pages that benchmarks measure: those of the corpus if it is there, else the samples."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CORPUS = ROOT.parent / "shared" / "corpus"


def folder(name: str = "pages") -> Path:
    """A folder of the corpus, or the samples."""
    return _CORPUS / name if (_CORPUS / name).is_dir() else ROOT / "samples"


def saved_pages(start: Path) -> list[Path]:
    """The HTML files below a folder, in a stable order."""
    return [
        path for path in sorted(start.rglob("*")) if path.is_file() and b"<html" in path.read_bytes()[:5000].lower()
    ]
