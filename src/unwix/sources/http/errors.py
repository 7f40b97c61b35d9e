"""The reasons why something could not be fetched, each in one sentence and with the next step."""

from __future__ import annotations

from ...model.errors import UnwixError

_BROWSER = "save the pages from a browser and give unwix the folder"
#: Each cause: what is wrong with `{0}` (a URL or a host; `{1}` has details), and what to do next.
FETCH_ERRORS: dict[str, tuple[str, str]] = {
    "host": ("the host {0} is not found", "Check the URL and the connection to the internet."),
    "connection": ("{0} does not answer: {1}", "Try again later; what was fetched is kept."),
    "certificate": (
        "the certificate of {0} is not valid",
        "Check the URL; a site whose domain has expired may answer at its free URL (user.wixsite.com/site).",
    ),
    "private": ("{0} is not a public host, and nothing is fetched from it", f"If the pages are yours, {_BROWSER}."),
    "timeout": ("{0} took too long", "Try again later; what was fetched is kept."),
    "dropped": ("{0} broke off in the middle of the answer", "Try again later; what was fetched is kept."),
    "too-large": ("{0} has more than {1} MB", "A post's page has at most 50; check the URL."),
    "damaged": ("{0} gives an answer that cannot be read: {1}", "Try again later."),
    "redirects": ("{0} redirects in a circle", f"Open it in a browser; if it shows there, {_BROWSER}."),
    "robots": (
        "robots.txt of the site forbids {0}",
        f"The site's owner can allow it (SEO Tools, Robots.txt Editor); or {_BROWSER}.",
    ),
    "login": ("{0} wants a password or a login", f"Sign in with a browser, {_BROWSER}."),
    "blocked": ("{0} refuses to be read by programs ({1})", f"Next best: {_BROWSER}."),
    "busy": ("{0} asks to wait ({1})", "Run the same command again later to resume."),
    "server": ("{0} has a fault of its own ({1})", "Try again later; what was fetched is kept."),
    "gone": ("{0} does not exist ({1})", "Check the URL."),
    "unread": ("no post of {0} was found, as not all could be read: {1}", "Try again later; what was fetched is kept."),
    "not-cached": ("{0} is not in the cache", "Run once without --offline."),
    "no-token": ("{0} gives no token for visitors", "The posts are read from their pages."),
    "not-wix": ("{0} is not a Wix site", "unwix reads the blogs of Wix sites only."),
    "no-blog": (
        "{0} is a Wix site without a blog that can be seen",
        "If it has one, give the URL of the blog or of one of its posts.",
    ),
    "members": (
        "{0} shows its pages to members only",
        f"The owner's API key gives access to the posts; or sign in with a browser, {_BROWSER}.",
    ),
    "password": (
        "{0} has its pages behind a password",
        f"The owner's API key gives access to the posts; or enter it in a browser, {_BROWSER}.",
    ),
}


class FetchError(UnwixError):
    """Something could not be fetched: `cause` is a key of FETCH_ERRORS."""

    def __init__(self, cause: str, what: str, more: str = "") -> None:
        self.cause, self.what, self.more = cause, what, more
        reason = self.reason if self.reason.startswith(what) else self.reason[:1].upper() + self.reason[1:]
        super().__init__(f"{reason}. {FETCH_ERRORS[cause][1]}")

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str, str]]:
        return FetchError, (self.cause, self.what, self.more)

    @property
    def reason(self) -> str:
        """Only the cause, for the report of one page."""
        return FETCH_ERRORS[self.cause][0].format(self.what, self.more)


#: Statuses with a cause of their own; other 4xx are `gone`, 5xx `server`.
_BY_STATUS = {401: "login", 403: "blocked", 429: "busy", 451: "blocked"}


def error_from_status(url: str, status: int) -> FetchError:
    """Return the error for an HTTP status."""
    cause = _BY_STATUS.get(status, "server" if status >= 500 else "gone")
    return FetchError(cause, url, f"HTTP {status}")
