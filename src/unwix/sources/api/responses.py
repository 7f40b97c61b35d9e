"""Save the responses of the API about a blog as files, and resume a run that was stopped.

`posts/0001.json`, `drafts/0001.json` … are the responses as Wix wrote them, for a conversion now or later.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field

from ...model.errors import UnwixError
from ...web.json_path import Json, dig
from ..progress import NullProgress, ProgressListener
from .client import ApiClient, ApiError, ResponseTooLarge
from .requests import CALLS, COMMENTS, MEMBER, MEMBER_PERMISSION, POSTS, Call, items_of, next_page, request_of

#: The file with the state of the directory: the site, and how far each list was read.
STATE = "answers.json"
_MEMBERS = "members"
#: The maximum number of names that are requested, one by one; further members keep their ids.
_MOST_MEMBERS = 2000


class ApiResponses(Struct):
    """The responses for one site in one directory."""

    api: ApiClient
    folder: Path
    comments: bool = False
    """Fetch the comments too."""
    watch: ProgressListener = field(default_factory=NullProgress)
    notes: list[str] = field(default_factory=list)
    """What could not be downloaded, and why."""
    _state: dict[str, Any] = field(default_factory=dict)
    _goes_on: bool = False
    """An earlier run was stopped: its responses are not requested again."""

    def fetch(self) -> None:
        """Request everything, or the rest of an earlier run that was stopped.

        Raises ApiError if the posts themselves cannot be downloaded, UnwixError for a directory with other content.
        """
        self._open()
        calls = [*CALLS, *([COMMENTS] if self.comments else [])]
        for call in calls:
            self.watch.phase(f"asking for {call.name}")
            try:
                self._list(call)
            except ApiError as error:
                if call.essential:
                    raise
                self.notes.append(f"{call.name}: {error}")
        self._members()
        self._remove_surplus([call.name for call in calls])
        self._state["complete"] = True
        self._save_state()

    def files(self) -> Iterator[Path]:
        """Yield the files of all responses, posts first."""
        for name in (*(call.name for call in CALLS), _MEMBERS, COMMENTS.name):
            yield from sorted((self.folder / name).glob("*.json"))

    # ---- the directory ---------------------------------------------------------------------------------------------

    def _open(self) -> None:
        path = self.folder / STATE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            state = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (OSError, ValueError) as error:
            raise UnwixError(f"{self.folder} cannot be used for answers: {error}") from None
        known = state.get("site") if isinstance(state, dict) else None
        if path.exists() and known != self.api.site_id:
            raise UnwixError(f"{self.folder} contains the answers of another site ({known}). Give another directory.")
        if not state and any(not file.name.startswith(".unwix") for file in self.folder.iterdir()):
            raise UnwixError(f"{self.folder} is not empty and contains no answers of the API. Give another directory.")
        self._goes_on = bool(state) and not state.get("complete")
        if self._goes_on:
            self.watch.note("An earlier run was stopped; this one resumes it.")
        lists = state.get("lists") if self._goes_on else None
        self._state = {
            "site": self.api.site_id,
            "complete": False,
            "lists": lists if isinstance(lists, dict) else {},
            "files": state.get("files", {}) if isinstance(state.get("files"), dict) else {},
        }
        self._save_state()

    def _save_state(self) -> None:
        self._write(self.folder / STATE, json.dumps(self._state, indent=1).encode())

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file atomically, because a run can be stopped at any time."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unwix-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UnwixError(f"{path} cannot be written: {error.strerror or error}") from None

    def _remove_surplus(self, names: list[str]) -> None:
        """Delete responses of an earlier, longer run; only files that unwix has written."""
        for name in names:
            written = int(self._state["lists"].get(name, {}).get("answers", 0))
            for number in range(written + 1, int(self._state["files"].get(name, 0)) + 1):
                self._file(name, number).unlink(missing_ok=True)
            self._state["files"][name] = written

    def _file(self, name: str, number: int) -> Path:
        return self.folder / name / f"{number:04d}.json"

    # ---- one list -----------------------------------------------------------------------------------------------

    def _list(self, call: Call) -> None:
        """Request all pages of a list; each response states the next page."""
        at = self._state["lists"].setdefault(
            call.name, {"answers": 0, "next": {"limit": call.limit}, "form": 0, "older": False}
        )
        resumed = at["answers"] > 0
        while at["next"] is not None:
            try:
                content, answer = self._page(call, at)
            except ApiError as error:
                if resumed and error.status in (400, 404):  # a cursor expires
                    at |= {"answers": 0, "next": {"limit": call.limit}}
                    resumed = False
                    continue
                raise
            at["answers"] += 1
            self._write(self._file(call.name, at["answers"]), content)
            self._state["files"][call.name] = max(at["answers"], int(self._state["files"].get(call.name, 0)))
            at["next"] = next_page(answer, call, at["next"], at["next"]["limit"])
            self._save_state()
            self.watch.step(f"{call.name} {at['answers']}")

    def _page(self, call: Call, at: Json) -> tuple[bytes, Json]:
        """Request one page of a list: fewer objects if they are too large, an older form if the newest is refused."""
        while True:
            path = call.older if at["older"] and call.older else call.path
            query, body = request_of(call, at["next"], call.fieldsets[at["form"]])
            try:
                content = self.api.ask(path, call.permission, query, body)
            except ResponseTooLarge:
                if at["next"]["limit"] == 1:
                    raise
                at["next"]["limit"] //= 2
            except ApiError as error:
                first = at["answers"] == 0
                if first and error.status == 404 and call.older and not at["older"]:
                    at["older"] = True
                elif first and error.status == 400 and at["form"] + 1 < len(call.fieldsets):
                    at["form"] += 1
                else:
                    raise
            else:
                return content, json.loads(content)

    # ---- people -------------------------------------------------------------------------------------------------

    def _members(self) -> None:
        """Request the names of the authors of posts and comments, each by its id."""
        people = dict.fromkeys(self._people())
        left = [one for one in people if not (self._goes_on and self._member_file(one).exists())]
        self.watch.phase("asking for members", len(left))
        for one in left[:_MOST_MEMBERS]:
            try:
                content = self.api.ask(MEMBER.format(quote(one, safe="")), MEMBER_PERMISSION)
            except ApiError as error:
                if error.status == 404:
                    continue  # a former member
                self.notes.append(f"members: {error}")
                return
            self._write(self._member_file(one), content)
            self.watch.step("members")
        if len(left) > _MOST_MEMBERS:
            self.notes.append(f"members: only the names of the first {_MOST_MEMBERS} people were requested")

    def _member_file(self, identity: str) -> Path:
        return self.folder / _MEMBERS / f"{quote(identity, safe='')}.json"

    def _people(self) -> Iterator[str]:
        for path in self.files():
            if path.parent.name != _MEMBERS:
                for item in items_of(json.loads(path.read_bytes())):
                    for member_id in (item.get("memberId"), dig(item, "author", "memberId")):
                        if isinstance(member_id, str) and 0 < len(member_id) < 100:
                            yield member_id


def count_posts(answers: ApiResponses) -> int:
    """Return the number of posts in the responses."""
    return sum(
        len(items_of(json.loads(path.read_bytes()))) for path in answers.files() if path.parent.name == POSTS.name
    )
