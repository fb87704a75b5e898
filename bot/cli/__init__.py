"""The command line: `pilotwatch COMMAND`. To add a command: one module here, one line below."""

import os
import sys
from contextlib import suppress

import click

from bot.cli.examples import epilog
from bot.cli.loading import Commands
from bot.settings import SettingsError
from db.unavailable import DatabaseUnavailable

FAILED = 1
WRONG_USE = 2
WRONG_SETTINGS = 78
"""EX_CONFIG of sysexits.h: service managers know not to restart at once."""

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run:run", "Run the bot."),
    "worker": ("worker:worker", "Read and write for a bot that runs elsewhere."),
    "front": ("front:front", "Take Telegram's updates for a bot that runs elsewhere."),
    "sandbox": ("sandbox:sandbox_command", "Serve a local Telegram to try the bot with."),
    "read": ("read:read", "Read one article: its facts."),
    "group": ("group:group", "Group articles into stories."),
    "source": ("source:source", "Add, list and remove the sources that are watched."),
    "poll": ("poll:poll", "Read the sources that are due."),
    "search": ("search:search", "Find articles by words."),
    "digest": ("digest:digest", "Show the digest that a chat would get now."),
    "reprocess": ("reprocess:reprocess", "Read what is stored again by the rules of now."),
    "export": ("data:export", "Write a table out, or everything."),
    "import": ("archive:import_", "Load what `export everything` wrote into an empty database."),
    "import-opml": ("opml:import_opml", "Watch the sources of an OPML file."),
    "export-opml": ("opml:export_opml", "Write all sources to an OPML file."),
    "migrate": ("data:migrate", "Bring the database's tables up to date."),
    "backup": ("backup:backup", "Write the whole database to a file."),
    "restore": ("backup:restore", "Put a backup in the place of the database."),
    "webhook": ("webhook:webhook", "Say where Telegram brings updates."),
    "health": ("health:health", "Is the bot that runs here well?"),
    "doctor": ("doctor:doctor", "Check that everything is in place."),
}
"""Each command's place, `module:function`, and what the list of commands says about it."""


@click.group(
    cls=Commands,
    places=COMMANDS,
    epilog_of=epilog,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="pilotwatch")
def pilotwatch() -> None:
    """Follow the Chengdu AI pilot zone: facts with their evidence, alerts and digests.

    Settings are read from the environment and from .env; .env.example lists them all.
    """


def main() -> None:
    """Run a command; every failure that is not a bug is one line on stderr, with its exit code."""
    try:
        sys.exit(_run())
    finally:
        _let_go_of_output()


def _run() -> int:
    try:
        code = pilotwatch.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        code = WRONG_USE
    except click.ClickException as error:
        _complain(error.format_message())
        code = error.exit_code
    except SettingsError as error:
        for mistake in error.mistakes:
            _complain(mistake)
        code = WRONG_SETTINGS
    except DatabaseUnavailable as error:
        _complain(str(error))
        code = FAILED
    except BrokenPipeError:
        # Whoever was reading has seen enough (`pilotwatch export … | head`).
        sys.stderr.close()
        code = 0
    return code if isinstance(code, int) else 0


def _let_go_of_output() -> None:
    """A pipe that is closed, or a disk that is full, is no failure of what was done."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            # Python would flush once more at its end, and turn the exit code into 120.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(line: str) -> None:
    # Loaded here: a command that goes well has no use for catalogues.
    from bot.cli.mother_tongue import in_its_words, language_of_shell

    said = in_its_words(" ".join(line.split()), language_of_shell(os.environ))
    click.echo(f"pilotwatch: {said}", err=True)
