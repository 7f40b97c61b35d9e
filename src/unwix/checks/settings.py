"""Settings of a check: the rules that are off, severities, and the minimum fidelity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from msgspec import Struct, field

from ..model.errors import UnwixError
from ..model.problems import Severity
from .findings import SEVERITIES
from .rules.table import RULES


class BadSetting(UnwixError):
    """Raised for an unknown rule or severity."""


class Settings(Struct, frozen=True):
    """Options of the command line, or of `[check]` in unwix.toml."""

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    min_fidelity: float = 1.0
    """The share of each source that must be in its Markdown, 0 to 1."""

    def severity(self, rule: str) -> Severity:
        """Return the severity of the findings of a rule."""
        return self.severities.get(rule, RULES[rule].severity)

    def is_on(self, rule: str, off_here: Iterable[str] = ()) -> bool:
        """Return True if a rule is on; `off_here` are the rules that a comment in the post switches off."""
        return rule not in self.off and rule not in off_here


def settings(off: Iterable[str], severities: Mapping[str, str], min_fidelity: float = 1.0) -> Settings:
    """Build settings from names. Raises BadSetting for an unknown rule or severity."""
    for name in [*off, *severities]:
        if name not in RULES:
            near = get_close_matches(name, RULES, 1, 0.75)
            hint = f"Did you mean “{near[0]}”?" if near else "Run unwix check --rules for the list."
            raise BadSetting(f"There is no rule “{name}”. {hint}")
    chosen: dict[str, Severity] = {}
    for name, text in severities.items():
        severity = next((severity for severity in SEVERITIES if severity == text), None)
        if severity is None:
            raise BadSetting(
                f"“{text}” is not a severity for {name}; use {', '.join(SEVERITIES[:-1])} or {SEVERITIES[-1]}."
            )
        chosen[name] = severity
    return Settings(frozenset(off), chosen, min_fidelity)
