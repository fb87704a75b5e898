"""The command line: `pilotwatch COMMAND`. To add a command: one module here, one line below."""

import sys

import click

from bot.cli import (
    data,
    digest,
    doctor,
    group,
    opml,
    poll,
    read,
    reprocess,
    run,
    sandbox,
    search,
    source,
    webhook,
)
from bot.settings import SettingsError
from db.errors import DatabaseUnavailable

FAILED = 1
WRONG_USE = 2
WRONG_SETTINGS = 78
"""EX_CONFIG of sysexits.h: service managers know not to restart at once."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pilotwatch")
def pilotwatch() -> None:
    """Follow the Chengdu AI pilot zone: facts with their evidence, alerts and digests.

    Settings are read from the environment and from .env; .env.example lists them all.
    """


for command in (
    run.run,
    sandbox.sandbox_command,
    read.read,
    group.group,
    source.source,
    poll.poll,
    search.search,
    digest.digest,
    reprocess.reprocess,
    data.export,
    opml.import_opml,
    opml.export_opml,
    data.migrate,
    webhook.webhook,
    doctor.doctor,
):
    pilotwatch.add_command(command)


def main() -> None:
    """Run a command; every failure that is not a bug is one line on stderr, with its exit code."""
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
    sys.exit(code if isinstance(code, int) else 0)


def _complain(line: str) -> None:
    click.echo(f"pilotwatch: {' '.join(line.split())}", err=True)
