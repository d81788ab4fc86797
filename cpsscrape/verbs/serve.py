"""``cpsscrape serve``: the archive as a web site of its own, read-only, on this machine."""

from __future__ import annotations

import socket
import webbrowser
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from cpsscrape.archive.database import open_reader
from cpsscrape.exceptions import ArchiveError, CpsScrapeError

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("datasette", "datasette_dashboards")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in a browser.")
@click.pass_obj
def command(folder: Path, /, host: str, port: int, *, open_browser: bool) -> None:
    """Browse the archive in a web page.

    Nothing is written, and a crawl may go on meanwhile. Only this machine can see the pages unless
    --host says otherwise: read docs/publishing.md before you let others in.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        message = f"{' and '.join(missing)} not installed: pip install 'cpsscrape[web]'"
        raise CpsScrapeError(message)
    open_reader(folder).close()  # says what is wrong before anything starts
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def announce() -> None:
        click.echo(f"The archive in {folder} is at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)

    from cpsscrape.web.serving import serve  # noqa: PLC0415 # loads Datasette, which is an extra

    serve(folder, listening, announce)


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before Datasette is loaded, so that a taken one is said at once."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ArchiveError(f"cannot listen on {host} port {port} ({reason}): try --port 0 for a free one.") from error
    return listening
