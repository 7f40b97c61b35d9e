"""Names of categories, tags and members by their ids: documents contain only ids."""

from __future__ import annotations

from msgspec import Struct, field

from ...web.json_path import Json, line
from ...wix.ids import is_id


class Names(Struct):
    """Names by id from one file or a whole run: categories, tags, members."""

    labels: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Names:
        """Copy the names, to add those of one file."""
        return Names(dict(self.labels), dict(self.members))

    def merge(self, other: Names) -> None:
        """Add the names that another file states for ids; known names stay."""
        for names, other_names in ((self.labels, other.labels), (self.members, other.members)):
            for key, name in other_names.items():
                if is_id(key):
                    names.setdefault(key, name)

    def learn(self, value: Json) -> None:
        """Add the names that an object states."""
        ids = [identity for name in ("id", "_id", "memberId", "siteMemberId") if (identity := line(value, name))]
        label = line(value, "label") or line(value, "menuLabel")
        if label:
            self.labels.update(dict.fromkeys(ids, label))
        nickname = line(value, "profile", "nickname") or line(value, "nickname")
        if not nickname and ("siteMemberId" in value or "image" in value):
            nickname = line(value, "name")
        if nickname:
            self.members.update(dict.fromkeys(ids, nickname))
