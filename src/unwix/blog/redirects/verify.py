"""Test the redirects in a host's files: each old URL must lead to its new one, without chains and loops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from msgspec import Struct

from ...web.urls import split_url
from .hosts.rules import HostFiles, Matcher, Rule, requests_for

_MOST_HOPS = 5


class RedirectFault(Struct, frozen=True):
    """A request that does not lead to the right URL."""

    request: str
    kind: str
    """`miss`, `wrong`, `chain` or `loop`."""
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.request}: {self.detail}"


def find_faults(rules: Iterable[Rule], written: HostFiles, match: Matcher) -> Iterator[RedirectFault]:
    """Yield the first fault of each rule, over all spellings of its old URL; `match` answers requests from the files.

    Rules that the host's format does not support (`written.unsupported`) are not tested. Rules above the host's limit
    are, and count as faults.
    """
    unsupported = {rule for rule, _ in written.unsupported}
    usual_only = set(written.usual_only)
    for rule in rules:
        if rule in unsupported:
            continue
        requests = requests_for(rule)
        for request in islice(requests, 1) if rule in usual_only else requests:
            if (fault := _fault(request, rule, match(request), match)) is not None:
                yield fault
                break


def _fault(request: str, rule: Rule, new: str | None, match: Matcher) -> RedirectFault | None:
    if new is None:
        return RedirectFault(request, "miss", f"no rule; expected {rule.new}")
    if unquote(new.partition("?")[0]) != unquote(rule.new):
        return RedirectFault(request, "wrong", f"leads to {new}; expected {rule.new}")
    paths = {request.partition("?")[0]}
    path = split_url(new).path
    hops = 0
    while (after := match(path)) is not None:
        hops += 1
        if path in paths or hops > _MOST_HOPS:
            return RedirectFault(request, "loop", f"{new} redirects back")
        paths.add(path)
        path = split_url(after).path
    return RedirectFault(request, "chain", f"{new} redirects again, to {path}") if hops else None
