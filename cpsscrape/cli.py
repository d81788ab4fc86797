"""The ``cpsscrape`` command. Each verb is a module of ``cpsscrape.verbs``, imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cpsscrape import __version__
from cpsscrape.configuration import data_folder, settings_module
from cpsscrape.exceptions import CpsScrapeError, UsageError

VERBS = {
    "demo": "Crawl a bundled miniature site of invented news and look at the result.",
    "search": "Find articles by their words.",
    "quotes": "Find quotes by speaker, role, organisation or words.",
    "show": "Read an article, with its quotes attributed, or a single quote.",
    "diff": "See what changed between two versions of an article.",
    "stats": "Count the archive by month, area, topic and speaker.",
    "report": "See what the last run did, and why it is healthy or not.",
    "explain": "Trace a value to the rule that read it and the bytes it was read from.",
    "cite": "Cite an article with its capture time and digest.",
    "export": "Write CSV, JSON Lines or Parquet, or everything as a data package.",
    "serve": "Browse the archive in a web page.",
    "verify": "Check WARC files, digests and database against each other.",
    "pack": "Write the captures as a WACZ for other people's viewers.",
    "withdraw": "Take an article out of the archive.",
}


class Verbs(click.Group):
    """Knows all verbs by name and loads only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs that are there, in the order of a researcher's day."""
        return [name for name in VERBS if (Path(__file__).parent / "verbs" / f"{name}.py").exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"cpsscrape.verbs.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their sentences, without importing them."""
        rows = [(name, VERBS[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cpsscrape")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The archive's folder (CPS_DATA_DIR); by default `data` in the project folder.",
)
@click.pass_context
def cli(ctx: click.Context, data: str | None) -> None:
    """Read, check and export an archive of the Crown Prosecution Service's news.

    The archive is filled by `scrapy crawl news`. To see one at once: `cpsscrape demo`.
    """
    ctx.obj = data_folder(data if data is not None else settings_module().CPS_DATA_DIR)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit status 1 for what could not be done, 2 for wrong usage."""
    try:
        status: Any = cli.main(arguments, prog_name="cpsscrape", standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        sys.stderr.write("Stopped.\n")
        status = 130
    except UsageError as error:
        sys.stderr.write(f"cpsscrape: {error}\n")
        status = 2
    except CpsScrapeError as error:
        sys.stderr.write(f"cpsscrape: {error}\n")
        status = 1
    except BrokenPipeError:
        # `| head` has seen enough; a second failure at exit would print a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
