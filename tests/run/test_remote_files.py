"""Sources and outputs on object storage, against an S3 server on this computer; archives on a web server."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from support.archive_files import Warc
from support.dask_cluster import dask_cluster
from support.post_pages import list_page, p, post_page, save
from support.terminal import run
from unwix.sources import slices
from unwix.sources.urls import is_remote_file

pytest.importorskip("s3fs", reason="the extra `cluster` is not installed")
moto_server = pytest.importorskip("moto.server", reason="the extra `dev` is not installed")


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """Yield the file system of an empty S3 server."""
    import s3fs

    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem.clear_instance_cache()
        yield s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture
def bucket(s3: Any, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a bucket with some pages and a crawl, which are here in `blog/`, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(slices, "GZIP_SIZE", 1_500)
    save(Path("blog/pages"), 3)
    made = Warc()
    for n in range(12):
        made.answer(f"https://www.example.com/post/jar-{n}", post_page(p(f"Jar {n}."), f"Jar {n}", f"jar-{n}"))
    Path("blog/crawl.warc.gz").write_bytes(made.bytes())
    name = f"bucket-{abs(hash(request.node.name))}"
    s3.mkdir(name)
    s3.put("blog", f"{name}/blog", recursive=True)
    return name


def tree(folder: str) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def stored(s3: Any, url: str) -> dict[str, bytes]:
    s3.invalidate_cache()
    start = url.removeprefix("s3://")
    return {name.removeprefix(start).lstrip("/"): s3.cat_file(name) for name in s3.find(start)}


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_bucket_is_converted_like_a_directory(s3: Any, bucket: str, jobs: int) -> None:
    assert run("convert", "blog", "-o", "here", "-j", jobs, "--no-cache").code == 0
    done = run("convert", f"s3://{bucket}/blog", "-o", "out", "-j", jobs, "--no-cache")
    assert done.code == 0, done
    here, out = tree("here"), tree("out")
    assert len(here) == 17
    assert {name: data for name, data in out.items() if name.endswith(".md")} == {
        name: data for name, data in here.items() if name.endswith(".md")
    }
    assert out["report.json"] == here["report.json"].replace(b'"blog/', f'"s3://{bucket}/blog/'.encode())


def test_one_file_and_a_pattern(bucket: str) -> None:
    assert run("convert", f"s3://{bucket}/blog/crawl.warc.gz", "-o", "one", "-j", 0).code == 0
    assert run("convert", f"s3://{bucket}/blog/*.warc.gz", "-o", "all", "-j", 0).code == 0
    assert len(list(Path("one").glob("*.md"))) == 12
    assert tree("one") == tree("all")
    assert run("convert", f"s3://{bucket}/blog", "-o", "some", "-j", 0, "--exclude", "pages").code == 0
    assert len(list(Path("some").glob("*.md"))) == 12


def test_an_output_in_a_bucket_is_that_of_a_directory(s3: Any, bucket: str) -> None:
    """Also in the second run, which keeps a file that was edited, and uploads only what has changed."""
    url = f"s3://{bucket}/out"
    for expected in ("written", "unchanged"):
        here = run("convert", "blog", "-o", "here", "-j", 0, "--no-cache")
        there = run("convert", "blog", "-o", url, "-j", 0, "--no-cache")
        assert (here.code, there.code) == (0, 0), there
        assert [line.split()[0] for line in there.out.splitlines()][:15] == [expected] * 15
        assert stored(s3, url) == tree("here")
        assert f"--output {url}" in there.err
    assert f"{url}: 1 file uploaded" in there.err or f"{url}: 2 files uploaded" in there.err
    edited = tree("here")["jar-1.md"] + b"\nMine.\n"
    Path("here/jar-1.md").write_bytes(edited)
    s3.pipe_file(f"{bucket}/out/jar-1.md", edited)
    Path("blog/pages").rename("pages")
    for output in ("here", url):
        assert run("convert", "blog", "-o", output, "-j", 0, "--to", "hugo", "--prune", "remove").code == 0
    assert stored(s3, url) == tree("here")


def test_what_to_do_next_names_the_url(s3: Any, bucket: str) -> None:
    Path("blog/void.html").write_bytes(b"\0")
    Path("blog/list.html").write_bytes(list_page())
    done = run("convert", "blog", "-o", f"s3://{bucket}/out", "-j", 0, "--media", "list", "--review")
    assert f"Details of problems and skipped files: s3://{bucket}/out/report.json" in done.err
    assert f"s3://{bucket}/out/media.json" in done.out
    assert f"Review: s3://{bucket}/out/_review/index.html" in done.out
    assert "unwix-output-" not in done.out + done.err
    quiet = run("convert", "blog", "-o", f"s3://{bucket}/out", "-j", 0, "-q")
    assert quiet.err.startswith("unwix: ")
    assert f"see s3://{bucket}/out/report.json" in quiet.err


def test_json_lines_in_a_bucket(s3: Any, bucket: str) -> None:
    assert run("convert", "blog", "--to", "jsonl", "-o", f"s3://{bucket}/posts.jsonl", "-j", 0).code == 0
    assert len(s3.cat_file(f"{bucket}/posts.jsonl").splitlines()) == 15


def test_what_is_not_there_is_one_sentence(bucket: str) -> None:
    done = run("convert", f"s3://{bucket}/missing", "-o", "out")
    assert (done.code, f"s3://{bucket}/missing does not exist, or has no files." in done.err) == (2, True)
    done = run("convert", "s3://no-such-bucket-here/blog", "-o", "out")
    assert (done.code, "s3://no-such-bucket-here/blog" in done.err, "Traceback" in done.err) == (2, True, False)
    done = run("convert", "blog", "-o", "s3://no-such-bucket-here/out", "-j", 0)
    assert (done.code, "s3://no-such-bucket-here/out cannot be written" in done.err) == (1, True)


def test_a_cluster_reads_the_bucket_itself(bucket: str) -> None:
    pytest.importorskip("distributed")
    with dask_cluster() as address:
        done = run("convert", f"s3://{bucket}/blog", "-o", "dask", "--executor", address, "--no-cache")
        assert done.code == 0, done
        shards = run("shards", f"s3://{bucket}/blog", "-o", f"s3://{bucket}/shards", "--executor", address)
        assert shards.code == 0, shards
    assert run("convert", f"s3://{bucket}/blog", "-o", "alone", "-j", 0, "--no-cache").code == 0
    assert tree("dask") == tree("alone")


# ---- shards -----------------------------------------------------------------------------------------------------------


def test_each_file_is_a_shard(s3: Any, bucket: str) -> None:
    done = run("shards", "blog", "-o", "local", "-j", 2)
    assert done.code == 0, done
    remote = run("shards", f"s3://{bucket}/blog", "-o", f"s3://{bucket}/shards", "-j", 2)
    assert remote.code == 0, remote
    assert "4 shards, 0 of them from an earlier run: 15 posts" in remote.out
    report = json.loads(Path("local/shards.json").read_text())
    assert report["summary"]["posts"] == 15
    assert [row["output"] for row in report["shards"]] == ["crawl.warc.gz", "0000.html", "0001.html", "0002.html"]
    lines = Path("local/crawl.warc.gz/posts.jsonl").read_bytes().splitlines()
    assert len(lines) == 12
    there = stored(s3, f"s3://{bucket}/shards")
    assert {name for name in there if not name.startswith(".")} == set(tree("local"))
    assert len(there["crawl.warc.gz/posts.jsonl"].splitlines()) == 12
    merged = run("report", "merge", *(f"local/{row['output']}" for row in report["shards"]), "-o", "merged.json")
    assert merged.code == 0
    assert json.loads(Path("merged.json").read_text())["summary"]["posts"] == 15


def test_complete_shards_are_kept(bucket: str) -> None:
    assert run("shards", "blog", "-o", "out", "-j", 1).code == 0
    before = tree("out")
    Path("out/0001.html/report.json").unlink()
    done = run("shards", "blog", "-o", "out", "-j", 1)
    assert "4 shards, 3 of them from an earlier run: 15 posts" in done.out
    assert tree("out") == before
    assert "4 shards, 0 of them" in run("shards", "blog", "-o", "out", "-j", 1, "--again").out


def test_a_shard_without_posts_or_with_a_fault_stops_no_other(bucket: str) -> None:
    Path("blog/pages/other.html").write_text("<html><title>Other</title><p>Words</p></html>")
    Path("blog/pages/void.html").write_bytes(b"\0")
    done = run("shards", "blog", "-o", "out", "-j", 2)
    assert done.code == 1
    report = json.loads(Path("out/shards.json").read_text())
    assert report["summary"]["posts"] in (15, 16)
    assert report["summary"]["failed"] == 1
    assert {row["output"] for row in report["shards"]} >= {"other.html", "void.html"}
    wrong = run("shards", "blog", "-o", "out2", "-j", 1, "--sidecarr")
    assert wrong.code == 1
    assert "--sidecarr" in json.loads(Path("out2/shards.json").read_text())["shards"][0]["error"]


def test_a_live_site_has_no_shards(bucket: str) -> None:
    done = run("shards", "https://www.example.com", "-o", "out")
    assert (done.code, "SOURCE has to be files. For a live site use unwix convert." in done.err) == (2, True)


# ---- archives on a web server --------------------------------------------------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    """A server that gives whole files only, as many do."""

    def log_message(self, *_: object) -> None:
        pass


def test_an_archive_on_a_web_server(bucket: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=os.getcwd())) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/blog"
        assert run("convert", f"{url}/crawl.warc.gz", "-o", "out", "-j", 0, "--no-cache").code == 0
        missing = run("convert", f"{url}/missing.warc.gz", "-o", "none", "-j", 0)
        server.shutdown()
    assert len(list(Path("out").glob("*.md"))) == 12
    assert missing.code in (1, 2)
    assert "Traceback" not in missing.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://bucket/pages", True),
        ("gs://bucket/a.html", True),
        ("https://data.example.org/crawl/a.warc.gz", True),
        ("https://data.example.org/a.wet.gz?x=1", True),
        ("https://www.example.com/blog", False),
        ("https://www.example.com/zip", False),
        ("pages/a.warc.gz", False),
        ("s3:bucket", False),
    ],
)
def test_urls_of_files(text: str, expected: bool) -> None:
    assert is_remote_file(text) is expected
