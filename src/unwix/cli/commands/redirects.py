"""`unwix redirects`: write rules that redirect the old URLs of a blog to the new ones."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...version import __version__
from ..console import OK, SOME_FAILED, WRONG_USAGE, say
from ..help import command
from ..locking import lock_output
from ..options.links import base_url_option, permalink_option, site_patterns
from ..options.output import output_argument, result_directory_option, written_target_option
from ..options.param_types import OneOf

if TYPE_CHECKING:
    from ...blog.redirects.hosts import Host
    from ...blog.redirects.hosts.rules import HostFiles, Rule
    from ...blog.redirects.plan import Redirects

_HOSTS = (
    "netlify", "cloudflare", "vercel", "nginx", "apache", "caddy", "github-pages", "hugo", "jekyll", "wordpress",
    "ghost", "webflow", "shopify", "csv",
)  # fmt: skip
#: The state of the files of one host. It is in OUTPUT itself: files next to the rules would be published.
_STATE = ".unwix-redirects-{host}.json"
_MOST_FAULTS = 50


@command("Write redirects from old URLs to new ones.", "unwix redirects blog/ --for netlify --verify")
@output_argument
@click.option(
    "--for",
    "name",
    required=True,
    type=OneOf(_HOSTS),
    metavar="HOST",
    help=f"Host or server that will answer the old URLs: {', '.join(_HOSTS)}.",
)
@base_url_option
@permalink_option
@written_target_option
@result_directory_option("Directory for the rules. Default: where the generator or host expects them in OUTPUT.")
@click.option("--verify", is_flag=True, help="Test the existing files with every spelling of every old URL.")
@click.option(
    "--prune",
    type=OneOf(["list", "remove"]),
    help="List or remove files of earlier runs that are no longer needed. Edited files are always kept.",
)
def redirects(output: Path, name: str, into: Path | None, verify: bool, prune: str | None, **new_site: Any) -> None:
    """Write redirects from the old URLs of the blog in OUTPUT to the new ones."""
    from ...blog.redirects.hosts import HOSTS
    from ...blog.redirects.hosts.rules import with_normal_forms
    from ...blog.redirects.plan import build_redirects
    from ...model.results import counted
    from ...run.output_folder import Folder
    from ...run.read_report import read_report
    from ...run.state_file import state_of

    host, report = HOSTS[name], read_report(output)
    state = state_of(output)
    target = new_site["target"] or state.get("target")
    own_site = target if host.system in ("", target) else None
    pages = _pages(target, state, host, site_patterns(state, own_site, new_site["permalinks"]))
    plan = build_redirects(report["posts"], report["links"], pages, new_site["base_url"])
    if not plan.rules:
        say("No redirects needed (or no original URLs known).")
        sys.exit(WRONG_USAGE if not plan.left_out else SOME_FAILED)
    rules = with_normal_forms(plan.rules)
    host_files = host.write(rules)
    place = into or output / (pages.pages.static if host.folder == "static" else host.folder)
    root = output if place.is_relative_to(output) else place
    below = place.relative_to(root)
    lock_output(root)
    folder = Folder(root, {"unwix": __version__}, state=_STATE.format(host=name))
    try:
        put = {file: folder.put((below / file).as_posix(), text) for file, text in host_files.files.items()}
        kept_files = [file for file, status in put.items() if status in ("edited", "failed")]
        left = folder.orphaned()
        for file in left if prune == "remove" else ():
            folder.remove(file)
    finally:
        folder.remember()
    what = (place / host.file).as_posix() if host.file else f"{len(host_files.files)} files in {place.as_posix()}"
    click.echo(f"{counted(len(plan.rules), 'redirect')} for {host.title}: {what}")
    for file in left if prune else ():
        click.echo(f"{'removed' if prune == 'remove' else 'orphaned':<10} {file}")
    for line in _notes(plan, host_files, host, kept_files, [] if prune else left):
        click.echo(line, err=True)
    bad = bool(kept_files and not verify)
    if verify:
        bad = _verified(rules, host_files, host, place)
    sys.exit(SOME_FAILED if bad or host_files.over_limit else OK)


def _pages(target: str | None, state: dict[str, Any], host: Host, patterns: dict[str, str]) -> Any:
    from ...writers.permalinks import permalinks_of
    from ...writers.targets import TARGETS
    from ...writers.themes import themed_target

    if target not in TARGETS:
        raise click.UsageError(f"The target of OUTPUT is unknown; give --to with one of {', '.join(TARGETS)}.")
    options = state.get("options")
    theme = options.get("theme") if isinstance(options, dict) else None
    site = TARGETS[host.system] if host.system else themed_target(str(target), theme)
    return permalinks_of(str(target), patterns, site.pages)


def _notes(plan: Redirects, host_files: HostFiles, host: Host, kept_files: list[str], left: list[str]) -> list[str]:
    """Return lines about URLs without a rule, and about files that were kept or left over."""
    from ...model.results import counted

    lines = []
    for about, pairs in (
        ("no rule", plan.left_out),
        ("not possible", [(rule.old, reason) for rule, reason in host_files.unsupported]),
    ):
        number = Counter(reason for _, reason in pairs)
        first = {reason: old for old, reason in reversed(pairs)}
        lines += [f"{n:>6} × {about}: {reason}: {_shortened(first[reason])}" for reason, n in number.most_common()]
    if host_files.over_limit:
        lines.append(
            f"{counted(len(host_files.over_limit), 'URL')} above the limit of the host got no rule. {host.limit}"
        )
    if host_files.usual_only:
        lines.append(
            f"{counted(len(host_files.usual_only), 'URL')} redirected in the usual spelling only. {host.limit}"
        )
    lines += [f"{file}: kept (edited); the new version is in {file}.new" for file in kept_files[:5]]
    if left:
        lines.append(f"{counted(len(left), 'file')} of an earlier run no longer needed; --prune remove deletes them")
    return lines


def _verified(rules: list[Rule], host_files: HostFiles, host: Host, place: Path) -> bool:
    """Test the existing files, print what is wrong, and return True if something is."""
    from ...blog.redirects.verify import find_faults
    from ...model.results import counted

    try:
        files = {
            file: (place / file).read_text(encoding="utf-8") for file in host_files.files if (place / file).is_file()
        }
        match = host.read(files)
    except (OSError, ValueError) as error:
        click.echo(f"The files cannot be read: {error}")
        return True
    number = 0
    for number, fault in enumerate(find_faults(rules, host_files, match), 1):
        if number <= _MOST_FAULTS:
            click.echo(_shortened(str(fault), 400))
    verdict = counted(number, "fault") if number else "all lead to the right page, without chains or loops"
    own = sum(not rule.is_alternative for rule in rules)
    click.echo(f"{counted(own, 'old URL')} tested in all spellings: {verdict}")
    return bool(number)


def _shortened(text: str, most: int = 120) -> str:
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= most else text[: most - 1] + "…"
