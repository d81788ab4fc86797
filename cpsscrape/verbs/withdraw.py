"""``cpsscrape withdraw``: takes an article out of the archive for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpsscrape.configuration import settings_module
from cpsscrape.evidence.restoration import undo_withdrawal
from cpsscrape.evidence.withdrawal import withdraw

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.evidence.withdrawal import Withdrawn


@click.command("withdraw")
@click.argument("article", metavar="URL")
@click.option("--reason", metavar="TEXT", help="Why, for those who come after you.")
@click.option("--purge", is_flag=True, help="Also rewrite the WARC files without it.")
@click.option("--undo", is_flag=True, help="Take a withdrawal back; read the article again where it was not purged.")
@click.pass_context
def command(ctx: click.Context, *, article: str, reason: str | None, purge: bool, undo: bool) -> None:
    """Take an article out of the archive. URL is an id, node/N, or any of its addresses.

    No crawl, replay or backfill brings it back under any of them. The captured bytes stay in
    the WARC files, unless --purge takes them out too.
    """
    folder: Path = ctx.obj
    if undo and (purge or reason):
        raise click.UsageError("--undo stands alone.")
    if undo:
        versions = undo_withdrawal(folder, article, redact=bool(settings_module().CPS_REDACT_BIRTH_DATES))
        if versions:
            click.echo(f"The withdrawal is taken back; {versions} versions were read again from the WARC files.")
        else:
            click.echo("The withdrawal is taken back. No capture of it is kept: the next crawl may fetch it again.")
        return
    if not reason or not reason.strip():
        raise click.UsageError("--reason TEXT is needed: it stands in withdrawals.csv.")
    done = withdraw(folder, article, " ".join(reason.split()), purge=purge)
    _tell(done, folder, purge=purge)
    if done.blocked:
        click.echo(
            f"The deleted text may still be found in the bytes of {folder / 'cps.db'}: "
            f"{', '.join(done.blocked)} holds it open. Close it; the next command that writes finishes this.",
            err=True,
        )
        ctx.exit(1)


def _tell(done: Withdrawn, folder: Path, *, purge: bool) -> None:
    first = done.rows[0]
    state = "Withdrawn" if not done.earlier else f"Withdrawn since {first.withdrawn_at}"
    click.echo(f"{state} ({first.reason}), with its addresses:")
    for row in done.rows:
        click.echo(f"  {row.url}")
    if not done.known and not done.earlier:
        click.echo("The archive did not hold it; it will not take it in.")
    for name in done.backups:
        click.echo(f"The copy {name} was deleted.")
    if purge:
        files, linking = done.purged.files, done.purged.linking
        click.echo(f"{files} WARC files were written anew without it." if files else "No WARC file held it.")
        if linking:
            click.echo(f"Pages of other stories that link to it stay as they are: {linking}.")
    else:
        click.echo(
            f"The WARC files in {folder / 'warc'} still hold what was captured; --purge takes it out of them too."
        )
    click.echo("Exports, packs and copies made before may still hold it.")
