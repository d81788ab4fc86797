"""``cpsscrape pack``: the captures in the form that other people's viewers read."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from cpsscrape.evidence.packing import closed_files, pack, write_indexes


@click.command("pack")
@click.argument("target", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--index", is_flag=True, help="Instead, write a CDXJ index beside each WARC file.")
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")
@click.pass_context
def command(ctx: click.Context, *, target: Path | None, index: bool, overwrite: bool) -> None:
    """Write all captures as one WACZ, FILE (cps.wacz by default).

    It opens in ReplayWeb.page and pywb. What was withdrawn is left out, also where it was not
    purged from the WARC files.
    """
    folder: Path = ctx.obj
    if index:
        if target is not None:
            raise click.UsageError("--index names its files itself: leave FILE out.")
        for name in write_indexes(folder):
            click.echo(folder / "warc" / name)
        return
    target = target or Path("cps.wacz")
    if target.exists() and not overwrite:
        raise click.UsageError(f"{target} is there already: name another file, or say --overwrite.")
    if not target.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {target.absolute().parent}.")
    files, open_files = closed_files(folder)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("packing", total=sum(path.stat().st_size for path in files))
        left_out = pack(folder, target.absolute(), done=lambda size: bar.advance(task, size))
    click.echo(f"{target}: {len(files)} WARC files, {target.stat().st_size / 1e6:,.1f} MB.")
    if left_out:
        click.echo(f"{left_out} records of withdrawn articles were left out.")
    for name in open_files:
        click.echo(f"Note: {name} is still open and was left out.")
