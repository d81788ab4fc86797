"""``cpsscrape verify``: whether the archive still is what was captured."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from cpsscrape.configuration import settings_module
from cpsscrape.evidence.tally import Tally
from cpsscrape.evidence.verification import verify
from cpsscrape.exceptions import NoArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.findings import Finding


@click.command("verify")
@click.option("--deep", is_flag=True, help="Also read every capture again and compare the derived rows.")
@click.pass_context
def command(ctx: click.Context, *, deep: bool) -> None:
    """Check WARC files, digests and database against each other.

    Prints what is wrong, one line each, then what to do about it. Exit status 1 if anything is.
    """
    folder: Path = ctx.obj
    if not folder.is_dir():
        raise NoArchiveError(f"there is no archive in {folder}: --data DIR names another folder.")
    started = time.monotonic()
    remedies: dict[str, int] = {}
    tally = Tally()
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    # Only the bar belongs to stderr: in `verify > wrong.txt` the findings go to the file.
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("", total=None)
        tally.shown = lambda name, done, total: bar.update(task, description=name, completed=done, total=total)
        for finding in verify(folder, tally, deep=deep, redact=bool(settings_module().CPS_REDACT_BIRTH_DATES)):
            _print(finding, bar)
            remedies[finding.remedy] = remedies.get(finding.remedy, 0) + 1
    _summary(tally, remedies, time.monotonic() - started)
    if remedies:
        ctx.exit(1)


def _print(finding: Finding, bar: Progress) -> None:
    """Print above the bar where both share a terminal."""
    if bar.disable or not sys.stdout.isatty():
        click.echo(str(finding))
    else:
        bar.console.print(str(finding), markup=False, highlight=False, soft_wrap=True)


def _summary(tally: Tally, remedies: dict[str, int], seconds: float) -> None:
    for note in tally.notes:
        click.echo(f"Note: {note}.")
    size = tally.bytes / 1e6
    deep = f", {tally.articles:,} stories read again" if tally.articles else ""
    click.echo(
        f"{tally.records:,} records in {size:,.1f} MB of WARC files{deep}: "
        f"{seconds:,.1f} s, {size / seconds if seconds else 0:,.1f} MB a second."
    )
    if not remedies:
        click.echo("Nothing is wrong.")
        return
    click.echo(f"{sum(remedies.values()):,} things are wrong. What to do:")
    for remedy, count in remedies.items():
        click.echo(f"  {count:,} ×  {remedy}")
