"""``cpsscrape report``: the certificate of a run, and the alarm when it is not healthy."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from cpsscrape.archive.certificate import certificate_of
from cpsscrape.archive.database import open_reader
from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.archive.certificate import Certificate

SHOWN = 20  # missing addresses in the text; --json has all


@click.command()
@click.option("--run", "run_id", type=int, metavar="N", help="Another run than the last.")
@click.option("--json", "as_json", is_flag=True, help="The whole certificate as JSON.")
@click.option(
    "--notify",
    metavar="COMMAND",
    help="Hand the report to a command's standard input if the run is unhealthy.",
)
@click.pass_obj
def command(folder: Path, run_id: int | None, as_json: bool, notify: str | None) -> int:  # noqa: FBT001 # click's flag
    """See what the last run did, and why it is healthy or not.

    Exit status 1 when the run was not healthy, so that a cron job can act on it:

        scrapy crawl news || cpsscrape report --notify 'mail -s "cpsscrape" you@example.org'
    """
    with open_reader(folder) as db:
        certificate = certificate_of(db, run_id)
    text = json.dumps(certificate.as_dict(), indent=2, ensure_ascii=False) if as_json else None
    if text is not None:
        click.echo(text)
    else:
        print_certificate(certificate, Console(soft_wrap=not sys.stdout.isatty(), highlight=False))
    if certificate.healthy:
        return 0
    if notify:
        _notify(notify, text or _as_text(certificate))
    return 1


def _notify(command_line: str, text: str) -> None:
    words = shlex.split(command_line)
    if not words:
        raise UsageError("--notify needs a command")
    try:
        done = subprocess.run(words, input=text.encode(), check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        click.echo(f"cpsscrape: the report could not be handed to {words[0]!r}: {error}", err=True)
        return
    if done.returncode:
        click.echo(f"cpsscrape: {words[0]!r} ended with exit status {done.returncode}", err=True)


def _as_text(certificate: Certificate) -> str:
    out = io.StringIO()
    print_certificate(certificate, Console(file=out, width=100, highlight=False))
    return out.getvalue()


def print_certificate(certificate: Certificate, console: Console) -> None:
    """Print a certificate: verdict first, then the listings, then what was stored and what is missing."""
    run = certificate.run
    verdict = {True: "[green]healthy[/]", False: "[bold red]not healthy[/]", None: "[bold red]cut off[/]"}
    console.print(f"Run {run['id']} of {run['spider']}: {verdict[certificate.healthy]}")
    ended = f"ended {run['finished_at']} ({run['finish_reason']})" if run["finished_at"] else "did not end"
    console.print(f"began {run['started_at']}, {ended}; asked for {_asked(run['arguments'])}")
    for problem in run["problems"]:
        console.print(f"  ! {problem}", markup=False)
    if certificate.listings:
        console.print(_listing_table(certificate))
    stored = ", ".join(f"{count} {name}" for name, count in certificate.stored.items() if count)
    console.print(f"Articles: {stored or 'none stored'}")
    for state, reason, count in certificate.outcomes:
        console.print(f"  {count} {state}{f': {reason}' if reason else ''}", markup=False)
    for reason, count in certificate.left.items():
        console.print(f"  {count} left for a later run ({reason})", markup=False)
    if certificate.missing:
        console.print(f"Missing: {len(certificate.missing)}")
        for url, reason in certificate.missing[:SHOWN]:
            console.print(f"  {url}  {reason}", markup=False)
        if len(certificate.missing) > SHOWN:
            console.print(f"  … and {len(certificate.missing) - SHOWN} more: --json names them all")


def _asked(arguments: dict[str, object]) -> str:
    said = [f"{name}={value}" for name, value in arguments.items() if value not in (None, False, [], ())]
    return ", ".join(said) or "everything"


def _listing_table(certificate: Certificate) -> Table:
    table = Table("Listing", "says", "seen", "new", "complete", box=None, pad_edge=False)
    for column in table.columns[1:4]:
        column.justify = "right"
    for row in certificate.listings:
        said = "" if row["expected"] is None else str(row["expected"])
        state = "yes" if row["complete"] else "no"
        why = f" ({row['reason']})" if row["reason"] else ""
        table.add_row(row["label"] or row["url"], said, str(row["seen"]), str(row["new"]), state + why)
    return table
