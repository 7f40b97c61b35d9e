"""Test runs over Wix's documents: skipped posts, large files in parts, names from other files, sidecars."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from support import post_pages as pages
from support.ricos_documents import Json, draft, p
from support.terminal import run
from unwix import readers
from unwix.model.article import text_of
from unwix.model.page import Page
from unwix.model.skipped import SKIP_KINDS
from unwix.readers.data_files import chunks as splitting
from unwix.readers.data_files.collect_names import names_in, names_of
from unwix.readers.documents.names import Names
from unwix.run.steps import ConversionResult, convert_page
from unwix.web import csv_tables

CATEGORY = "99999999-2222-4333-8444-555555555555"


def a_post(slug: str, text: str = "The fog came in at noon.", **more: Any) -> Json:
    return {
        "id": slug,
        "title": slug.title(),
        "slug": slug,
        "firstPublishedDate": "2024-05-01T10:00:00.000Z",
        "url": {"base": "https://www.example.com", "path": f"/post/{slug}"},
        "richContent": {"nodes": [p(text)]},
        **more,
    }


def save(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def report_of(folder: Path) -> Json:
    data: Json = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return data


# ---- states -----------------------------------------------------------------------------------------------------


def in_all_states(folder: Path) -> Path:
    return save(
        folder / "posts.json",
        {
            "posts": [
                a_post(state.lower(), status=state) for state in ("PUBLISHED", "UNPUBLISHED", "SCHEDULED", "DELETED")
            ]
        },
    )


@pytest.mark.parametrize("expected", [False, True])
def test_posts_in_the_trash_are_written_only_on_request(expected: bool, tmp_path: Path) -> None:
    source = in_all_states(tmp_path)
    option = ["--include-deleted"] if expected else []
    assert run("convert", source, "-o", tmp_path / "out", *option).code == 0
    assert (tmp_path / "out/deleted.md").exists() is expected
    trash = [] if expected else [{"source": f"{source}#deleted", "kind": "trash", "detail": SKIP_KINDS["trash"]}]
    assert report_of(tmp_path / "out")["skipped"] == trash
    assert "draft: true\n" in (tmp_path / "out/unpublished.md").read_text()
    assert "draft: true\nscheduled: true\n" in (tmp_path / "out/scheduled.md").read_text()
    assert "draft" not in (tmp_path / "out/published.md").read_text()


def test_check_takes_the_same_option(tmp_path: Path) -> None:
    source = in_all_states(tmp_path)
    run("convert", source, "-o", tmp_path / "out")
    assert run("check", source, "--expect", tmp_path / "out").code == 0
    result = run("check", source, "--expect", tmp_path / "out", "--include-deleted")
    assert (result.code, "deleted.md: error: missing" in result.out) == (1, True)


def test_a_skipped_post_is_an_event(tmp_path: Path) -> None:
    source = save(tmp_path / "one.json", a_post("fog", status="DELETED"))
    result = run("convert", source, "-o", tmp_path / "out", "--json")
    assert [json.loads(line)["event"] for line in result.out.splitlines()] == ["skipped", "done"]


# ---- large files ------------------------------------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "LARGE", 0)
    monkeypatch.setattr(splitting, "PART", 1000)


def table(number: int, *more: list[str]) -> str:
    """Return a table of posts; some cells contain several lines."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Title", "Slug", "Public URL", "Rich Content", "My\nown"])
    for n in range(number):
        document = {"nodes": [p(f"The {n}th “day” of fog, é.")]}
        rows.writerow(
            [
                f"Day {n}",
                f"day-{n}",
                f"https://www.example.com/post/day-{n}",
                json.dumps(document, indent=1, ensure_ascii=False),
                "",
            ]
        )
    rows.writerows(more)
    return text.getvalue()


def parts(raw: bytes, folder: Path) -> list[Page]:
    (folder / "large").write_bytes(raw)
    return list(splitting.split(Page("large", path=folder / "large")))


def bodies(found: list[Page]) -> list[tuple[str, str]]:
    return [(post.source, text_of(post.article)) for page in found for post in readers.read(page)]


def unreadable(outcomes: list[ConversionResult]) -> list[str]:
    """Return the places of unreadable lines and rows, and the reasons of parts that failed as a whole."""
    problems = [problem for outcome in outcomes for post in outcome.posts for problem in post.problems]
    where = [problem.where for problem in problems if problem.kind == "line-unreadable"]
    return where + [outcome.failed for outcome in outcomes if outcome.failed]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.usefixtures("small_parts")
def test_chunks_of_a_table_give_the_same_posts(encoding: str, tmp_path: Path) -> None:
    raw = table(20).encode(encoding)
    found = parts(raw, tmp_path)
    assert len(found) > 5
    assert all(len(page.read()) < 2000 for page in found)
    assert bodies(found) == bodies([Page("large", data=raw)])


@pytest.mark.usefixtures("small_parts")
def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    found = parts(
        table(9, ["", "", "", json.dumps({"nodes": [p("Nameless.")]}), ""], ["Bodiless"] + [""] * 4).encode(), tmp_path
    )
    assert ("large#row 11", "Nameless.") in bodies(found)
    assert found[0].first_row == 2


@pytest.mark.usefixtures("small_parts")
def test_chunks_of_json_lines_give_the_same_posts(tmp_path: Path) -> None:
    raw = "\n".join(json.dumps(a_post(f"day-{n}", f"Day {n} was foggy.")) for n in range(20)).encode()
    found = parts(raw, tmp_path)
    assert len(found) > 5
    assert bodies(found) == bodies([Page("large", data=raw)])
    spoilt = parts(raw.replace(b'{"id": "day-7"', b'{"id" "day-7"'), tmp_path)
    outcomes = [convert_page(page) for page in spoilt]
    assert sum(len(outcome.posts) for outcome in outcomes) == 19
    assert unreadable(outcomes) in (
        ["line 8"],
        ["from row 8 on: line 8: the line is no JSON"],
    )


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({"posts": [a_post("fog"), a_post("sun")]}, indent=1).encode(),
        json.dumps(a_post("fog")).encode() + b"\n",
        b"Title,Price,Weight,Colour,Size,Stock\nrope,1,2,red,4,5\n",
        b"",
        b"Some text.\n" * 300,
    ],
)
@pytest.mark.usefixtures("small_parts")
def test_other_files_are_not_split(raw: bytes, tmp_path: Path) -> None:
    assert parts(raw, tmp_path) == [Page("large", path=tmp_path / "large")]


@pytest.mark.usefixtures("small_parts")
def test_too_large_row_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "_LARGEST_CELL", 3000)
    huge = ["Huge", "huge", "", json.dumps({"nodes": [p("fog " * 1000)]}), ""]
    lines = table(5) + table(5, huge).partition('own"\r\n')[2] + table(3).partition('own"\r\n')[2]
    outcomes = [convert_page(page) for page in parts(lines.encode(), tmp_path)]
    assert sum(len(outcome.posts) for outcome in outcomes) == 13
    assert unreadable(outcomes) == [
        "from row 12 on: the table cannot be read at this row: field larger than field limit (3000)"
    ]


@pytest.mark.parametrize("name", ["posts.csv", "posts.jsonl"])
@pytest.mark.usefixtures("small_parts")
def test_the_report_is_the_same_for_any_number_of_jobs(name: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(a_post(f"day-{n}")) for n in range(30))
    source = save(tmp_path / name, table(30) if name.endswith("csv") else lines)
    for jobs in (0, 1, 3):
        assert run("convert", source, "-o", tmp_path / str(jobs), "--jobs", jobs).code == 0
    reports = [(tmp_path / str(jobs) / "report.json").read_bytes() for jobs in (0, 1, 3)]
    assert reports[0] == reports[1] == reports[2]
    assert [row["source"] for row in json.loads(reports[0])["posts"]] == [f"{source}#day-{n}" for n in range(30)]


# ---- names from other files -------------------------------------------------------------------------------------

MEMBER = "11111111-2222-4333-8444-555555555555"
TAG = "77777777-2222-4333-8444-555555555555"
WITH_IDS = a_post("fog", memberId=MEMBER, categoryIds=[CATEGORY], tagIds=[TAG])
NAMES = {
    "categories.json": {"categories": [{"id": CATEGORY, "label": "Weather"}]},
    "members.json": {"members": [{"id": MEMBER, "profile": {"nickname": "Ada Keeper"}}]},
    "capture.json": {"text": json.dumps({"tags": [{"id": TAG, "label": "grey"}], "richContent": None})},
}
NAMED = "authors:\n- Ada Keeper\ncategories:\n- Weather\ntags:\n- grey\n"


@pytest.mark.parametrize("jobs", [0, 2])
@pytest.mark.parametrize("name", ["a/post.json", "z/post.json", "posts.csv", "posts.jsonl"])
def test_ids_get_the_names_that_any_file_states(name: str, jobs: int, tmp_path: Path) -> None:
    value: Any = WITH_IDS
    if name.endswith("csv"):
        cells = {
            "Title": "Fog",
            "Slug": "fog",
            "Rich Content": json.dumps(WITH_IDS["richContent"]),
            "Author": MEMBER,
            "Categories": CATEGORY,
            "Tags": TAG,
        }
        text = io.StringIO()
        csv.writer(text).writerows([cells.keys(), cells.values()])
        value = text.getvalue()
    elif name.endswith("jsonl"):
        value = json.dumps(WITH_IDS) + "\n" + json.dumps(a_post("sun")) + "\n"
    source = save(tmp_path / "in" / name, value).parent
    run("convert", source, "-o", tmp_path / "alone")
    assert "unresolved-names" in (tmp_path / "alone/report.json").read_text()
    for other, identity in NAMES.items():
        save(tmp_path / "in" / other, identity)
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", jobs)
    written = (tmp_path / "out/fog.md").read_text()
    assert [line for line in NAMED.splitlines() if line not in written] == []
    assert "unresolved-names" not in (tmp_path / "out/report.json").read_text()


def test_a_page_that_embeds_its_data_names_ids_too() -> None:
    script = pages.warmup(
        "fog",
        {"owner": {"name": "Ada Keeper", "siteMemberId": MEMBER}},
        categories=[{"id": CATEGORY, "label": "Weather"}],
    )
    found = names_in(f"<html><body>{script}</body></html>".encode())
    assert (found.labels, found.members) == ({CATEGORY: "Weather"}, {MEMBER: "Ada Keeper"})


def test_a_name_that_is_known_stays_and_only_ids_of_wix_are_taken() -> None:
    names = Names({CATEGORY: "Weather"})
    names.merge(Names({CATEGORY: "Climate", "c1": "Sea", TAG: "grey"}))
    assert names.labels == {CATEGORY: "Weather", TAG: "grey"}


@pytest.mark.parametrize(
    "raw",
    [b'{"label": ', b'{"label": "x"}\n{"id" "label"', b"[" * 100_000 + b'"label"', b"<html>OldPostPageWarmupData"],
)
def test_unreadable_files_state_no_names(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(raw)
    assert not (names_of(lambda: [Page("x", path=tmp_path / "x"), Page("y", path=tmp_path / "y")]) or Names()).labels


# ---- sidecars ---------------------------------------------------------------------------------------------------

DRAFT = draft("An old post – with “quotes”.")


def test_sidecars_contain_the_unchanged_documents(tmp_path: Path) -> None:
    new, old = a_post("new", "Half \ud83c a sign."), {**a_post("old"), "richContent": None, "content": DRAFT}
    text = {**a_post("text"), "richContent": None, "plainContent": "Text alone."}
    source = save(tmp_path / "posts.json", [new, old, text])
    result = run("convert", source, "-o", tmp_path / "out", "--sidecar")
    assert result.code == 0
    data = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "out").glob("*.*.json")
        if not path.name.startswith(".")
    }
    whole = json.loads(json.dumps(new["richContent"]).replace("\\ud83c", ""))  # UTF-8 has no lone surrogates
    assert data == {"new.ricos.json": whole, "old.draft.json": DRAFT}
    assert [row.get("sidecar") for row in report_of(tmp_path / "out")["posts"]] == [
        "new.ricos.json",
        "old.draft.json",
        None,
    ]
    # The sidecar can be converted again.
    assert run("convert", tmp_path / "out/old.draft.json", "-o", tmp_path / "again").code == 0
    assert "An old post – with “quotes”." in (tmp_path / "again/old.draft.md").read_text(encoding="utf-8")


def test_an_edited_sidecar_is_kept(tmp_path: Path) -> None:
    source = save(tmp_path / "post.json", a_post("fog"))
    run("convert", source, "-o", tmp_path / "out", "--sidecar")
    save(tmp_path / "out/fog.ricos.json", "mine")
    run("convert", source, "-o", tmp_path / "out", "--sidecar")
    assert (tmp_path / "out/fog.ricos.json").read_text() == "mine"
    assert (tmp_path / "out/fog.ricos.json.new").exists()


def test_without_the_option_and_in_check_there_is_no_sidecar(tmp_path: Path) -> None:
    source = save(tmp_path / "post.json", a_post("fog"))
    run("convert", source, "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("[!.]*")) == ["fog.md", "report.json"]
    assert "No such option" in run("check", source, "--sidecar").err
