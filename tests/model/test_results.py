"""Results: one verdict on a post, from severities and the comparison with its source."""

from __future__ import annotations

import pickle

import pytest

from unwix.model.ledger import Ledger
from unwix.model.problems import KINDS, Problem
from unwix.model.results import RESULTS, missing_parts, result_of
from unwix.model.skipped import SKIP_KINDS, Skipped


@pytest.mark.parametrize(
    ("severities", "is_lossless", "result"),
    [
        ([], True, "complete"),
        (["note"], True, "complete"),
        (["note", "warning"], True, "incomplete"),
        (["warning", "error"], True, "lossy"),
        ([], False, "lossy"),
        (["warning"], False, "lossy"),
    ],
)
def test_the_worst_severity_decides(severities: list[str], is_lossless: bool, result: str) -> None:
    assert result_of(severities, is_lossless) == result  # type: ignore[arg-type]
    assert result in RESULTS


def test_parts_that_are_missing_have_a_noun() -> None:
    problems = [
        Problem("image-not-in-page", "block 1", "x"),
        Problem("download-failed", "image", "x"),
        Problem("download-failed", "video", "x"),
        Problem("gallery-missing", "block 2", "x"),
        Problem("title-missing", "front matter", "x"),
    ]
    assert missing_parts(problems) == {"image": 2, "video": 1, "gallery": 1}
    assert {kind for kind in KINDS if missing_parts([Problem(kind, "", "")])} <= {
        kind for kind, (severity, _) in KINDS.items() if severity == "warning"
    }


def test_unaccounted_words_make_a_post_lossy_and_are_quoted() -> None:
    assert list(Ledger(post=3, platform=2).problems()) == []
    (problem,) = Ledger(post=3, unaccounted=2, unaccounted_words=["lost", "words"]).problems()
    assert (problem.kind, problem.severity) == ("words-unaccounted", "error")
    assert problem.detail == "2 words of the source are unaccounted for: “lost words”"
    (problem,) = Ledger(unaccounted=40, unaccounted_words=[str(n) for n in range(20)]).problems()
    assert problem.detail.endswith("“0 1 2 3 4 5 6 7 8 9 10 11 …”")


def test_a_reason_for_skipping_is_data() -> None:
    reason = Skipped("image")
    assert (str(reason), reason.as_dict()) == ("an image", {"kind": "image", "detail": "an image"})
    other = Skipped("archive", "a RAR archive", words=3)
    assert pickle.loads(pickle.dumps(other)) == other != reason
    assert other.as_dict() == {"kind": "archive", "detail": "a RAR archive", "words": 3}
    with pytest.raises(KeyError):
        Skipped("no such kind")


@pytest.mark.parametrize("kind", SKIP_KINDS)
def test_every_kind_of_skipped_input_is_a_plain_phrase(kind: str) -> None:
    assert not SKIP_KINDS[kind].endswith(".")
    assert SKIP_KINDS[kind].partition(" ")[0] in {"a", "an", "the", "data", "comments", "records", "left"}
