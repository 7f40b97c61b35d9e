"""The command line: one file per command, a thin layer over the library."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import NoReturn

import click

from .. import __version__
from ..model.errors import OutputFailed, UnwixError

OK, SOME_FAILED, WRONG_USAGE, STOPPED = 0, 1, 2, 130

#: Where each command lives, in the order that the help lists them. They are imported when they are asked for:
#: `unwix --version` needs none of them.
COMMANDS = {
    "convert": "convert:convert",
    "check": "check:check",
    "inspect": "inspect:inspect",
    "redirects": "redirects:redirects",
    "review": "review:review",
    "doctor": "doctor:doctor",
    "fetch": "fetch:fetch",
    "chrome": "ui_texts:chrome",
}


class Commands(click.Group):
    """A group whose commands are imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands' names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f".{module}", __name__), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="unwix", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn saved Wix blog posts into clean Markdown with front matter, and prove that nothing was lost.

    SOURCE is a file, a folder, which is walked, or the address of a Wix site. What a file is, is told by its content.
    Begin with `unwix doctor SOURCE`; `unwix COMMAND --help` says more of each command.
    """


def main() -> NoReturn:
    """Run the command line: what a user or the system does wrong is one sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe may not know every letter of a post's name
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="unwix", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else OK)
    except (click.exceptions.Abort, KeyboardInterrupt):
        say("Stopped. The files that were written are whole; run the same command again to go on.")
        sys.exit(STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USAGE)
    except UnwixError as error:
        say(str(error))
        sys.exit(SOME_FAILED if isinstance(error, OutputFailed) else WRONG_USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(OK)
    except UnicodeEncodeError as error:  # of a file's name, in a locale of the last century
        say(f"The system cannot name files with all letters ({error.encoding}). Set PYTHONUTF8=1 and run it again.")
        sys.exit(SOME_FAILED)
    except OSError as error:
        what = f"{error.filename}: {error.strerror or error}" if error.filename else _nameless(error)
        say(f"{what}. The files that were written are whole; mend it and run it again.")
        sys.exit(SOME_FAILED)


def _nameless(error: OSError) -> str:
    """What is said of a file that was open: the posts of a run wait in a temporary one."""
    from tempfile import gettempdir

    return f"{error.strerror or error}. Perhaps {gettempdir()}, the place for temporary files, is full"


def machine_readable() -> None:
    """What is printed from now on is for programs: UTF-8, whatever the terminal's own encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def say(text: str) -> None:
    """A sentence for the user, on stderr."""
    click.echo(f"unwix: {text}", err=True)
