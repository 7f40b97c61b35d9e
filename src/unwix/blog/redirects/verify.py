"""Verify: a host's file held against every old URL that is known: no miss, no wrong place, no chain, no loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from .hosts.rules import HostFiles, Matcher, Rule, requests_for

_MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class RedirectFault:
    """A request that a file does not lead where it should."""

    request: str
    kind: str
    """`miss`, `wrong`, `chain` or `loop`."""
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.request}: {self.detail}"


def find_faults(rules: Iterable[Rule], made: HostFiles, match: Matcher) -> Iterator[RedirectFault]:
    """What is wrong with a file that `match` reads, for all spellings of all rules; at most one fault for each rule.

    What the host's format cannot say (`made.unsaid`) is told elsewhere and is no fault; what its limit cut off is.
    """
    unsaid = {rule for rule, _ in made.unsaid}
    usual_only = set(made.usual_only)
    for rule in rules:
        if rule in unsaid:
            continue
        requests = requests_for(rule)
        for request in islice(requests, 1) if rule in usual_only else requests:
            if (fault := _fault(request, rule, match(request), match)) is not None:
                yield fault
                break


def _fault(request: str, rule: Rule, new: str | None, match: Matcher) -> RedirectFault | None:
    if new is None:
        return RedirectFault(request, "miss", f"no rule; wanted: {rule.new}")
    if unquote(new.partition("?")[0]) != unquote(rule.new):
        return RedirectFault(request, "wrong", f"it leads to {new}; wanted: {rule.new}")
    seen = {request.partition("?")[0]}
    path = urlsplit(new).path
    hops = 0
    while (after := match(path)) is not None:
        hops += 1
        if path in seen or hops > _MOST_HOPS:
            return RedirectFault(request, "loop", f"{new} leads back")
        seen.add(path)
        path = urlsplit(after).path
    return RedirectFault(request, "chain", f"{new} is redirected on to {path}") if hops else None
