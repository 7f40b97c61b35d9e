"""Start the command line: find the command, run it, and turn errors into one sentence and an exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from ..model.errors import OutputFailed, UnwixError
from ..run.executors.stop_signals import Terminated, raise_on_stop_signals
from ..version import __version__
from .console import OK, SOME_FAILED, STOPPED, WRONG_USAGE, discard_stdout, say

#: The module and function of each command, in the order of the help, which is that of a move. They are imported on
#: demand: `unwix --version` needs none of them.
COMMANDS = {
    "doctor": "doctor:doctor",
    "fetch": "fetch:fetch",
    "convert": "convert:convert",
    "review": "review:review",
    "check": "check:check",
    "redirects": "redirects:redirects",
    "cutover": "cutover:cutover",
    "batch": "batch:batch",
    "report": "report:report",
    "shards": "shards:shards",
    "inspect": "inspect:inspect",
    "explain": "explain:explain",
    "config": "config:config",
    "completion": "completion:completion",
    "ui-texts": "ui_texts:ui_texts",
}


#: A run makes many objects and few cycles, which a page may keep until the next one is read. With Python's own
#: thresholds the garbage collector takes 5 to 10 % of the time; worker processes inherit these.
_GC_THRESHOLDS = (20_000, 20, 50)


class Commands(click.Group):
    """A group whose commands are imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it; `help` is accepted as well."""
        if cmd_name == "help":
            return _help
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f".commands.{module}", __package__), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. It ends quietly if the reader of its output, such as `head`, has closed the pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            discard_stdout()
            ctx.exit(OK)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; suggest one that is close to an unknown name."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            from .help import close_matches

            near = [match for match in close_matches(name, COMMANDS) if match != "ui-texts"]
            hint = f" Did you mean “{near[0]}”?" if near else " Run `unwix --help` for the list of commands."
            ctx.fail(f"There is no command “{name}”.{hint}")
        return super().resolve_command(ctx, args)


@click.command("help", hidden=True)
@click.argument("name", required=False, metavar="[COMMAND]")
@click.pass_context
def _help(ctx: click.Context, name: str | None) -> None:
    """Show the help of unwix or of a command."""
    parent = ctx.parent or ctx
    if name is None:
        click.echo(parent.get_help())
        return
    _, command, _ = cli.resolve_command(parent, [name])
    if command is not None:
        with click.Context(command, info_name=name, parent=parent) as own:
            click.echo(command.get_help(own))


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="unwix", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Convert saved Wix blog posts to clean Markdown with front matter, and account for every word of the source.

    SOURCE is a file, a directory (searched recursively) or the URL of a Wix site. File types are detected from content.
    Start with `unwix doctor SOURCE`. Run `unwix COMMAND --help` for details. On a terminal, `unwix` alone asks what to
    convert.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(ctx.get_help(), err=True)
        ctx.exit(WRONG_USAGE)
    from .wizard import run_wizard

    try:
        arguments = run_wizard()
    except (click.Abort, KeyboardInterrupt):
        click.echo(err=True)  # the terminal has printed ^C
        say("Stopped. Nothing was written.")
        ctx.exit(STOPPED)
    if arguments:
        command = ctx.command.get_command(ctx, arguments[0]) if isinstance(ctx.command, click.Group) else None
        if command is not None:
            command.main(arguments[1:], f"unwix {arguments[0]}", standalone_mode=False)


def main() -> NoReturn:
    """Run the command line. Errors of the user or the system are one sentence, never a traceback."""
    gc.set_threshold(*_GC_THRESHOLDS)
    _open_standard_streams()
    raise_on_stop_signals()
    if os.environ.get("_UNWIX_COMPLETE", "").startswith("powershell"):
        from .commands.completion import register_powershell

        register_powershell()
    try:
        code = cli.main(prog_name="unwix", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else OK)
    except (click.exceptions.Abort, KeyboardInterrupt) as stop:
        if sys.stderr.isatty():
            click.echo(err=True)  # the terminal has printed ^C
        say("Stopped. All files written so far are complete; run the same command again to resume.")
        cause = stop.__context__ if isinstance(stop, click.exceptions.Abort) else stop  # click turns both into Abort
        sys.exit(cause.exit_code if isinstance(cause, Terminated) else STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USAGE)
    except UnwixError as error:
        say(str(error))
        sys.exit(SOME_FAILED if isinstance(error, OutputFailed) else WRONG_USAGE)
    except UnicodeEncodeError as error:
        if error.encoding.lower().replace("-", "") == "utf8":
            raise  # half a surrogate pair: a fault of unwix, not of the locale
        say(f"File names on this system cannot contain all characters ({error.encoding}). Set PYTHONUTF8=1 and retry.")
        sys.exit(SOME_FAILED)
    except OSError as error:
        message = f"{error.filename}: {error.strerror or error}" if error.filename else _without_file_name(error)
        say(f"{message}. All files written so far are complete; fix the cause and run the same command again.")
        sys.exit(SOME_FAILED)


def _open_standard_streams() -> None:
    """Replace closed standard streams (`>&-`, cron), and never fail to print a character."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _without_file_name(error: OSError) -> str:
    """Return the message of an error in an open file: during a run these are temporary files."""
    from tempfile import gettempdir

    return (
        f"{error.strerror or error}. Standard output or the directory for temporary files, {gettempdir()}, may be full"
    )
