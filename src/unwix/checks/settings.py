"""Settings: which rules are on, how grave each is, and how much a post may lose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model.errors import UnwixError
from .findings import SEVERITIES, Severity
from .rules.table import RULES


class BadSetting(UnwixError):
    """A setting of `check` that means nothing: the text says which."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose, from the command line or from `[check]` in unwix.toml."""

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    min_fidelity: float = 1.0
    """How much of each source must be in its Markdown: 1 is all of it."""

    def severity(self, rule: str) -> Severity:
        """How grave a rule's findings are."""
        return self.severities.get(rule, RULES[rule].severity)

    def is_on(self, rule: str, off_here: Iterable[str] = ()) -> bool:
        """Whether a rule is on; `off_here` are those that a comment in the post switches off."""
        return rule not in self.off and rule not in off_here


def settings(off: Iterable[str], severities: Mapping[str, str], min_fidelity: float = 1.0) -> Settings:
    """The settings of these names. Raises BadSetting for a rule or a severity that is not there."""
    for name in [*off, *severities]:
        if name not in RULES:
            raise BadSetting(f"No rule of check is called {name}. docs/check.md lists them, and so does check --rules.")
    chosen: dict[str, Severity] = {}
    for name, said in severities.items():
        found = next((severity for severity in SEVERITIES if severity == said), None)
        if found is None:
            raise BadSetting(
                f"The rule {name} cannot be “{said}”: choose {', '.join(SEVERITIES[:-1])} or {SEVERITIES[-1]}."
            )
        chosen[name] = found
    return Settings(frozenset(off), chosen, min_fidelity)
