"""A real pywb on loopback that serves WARC files, as web archives do."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from peers import tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def serving(warcs: Iterable[Path], place: Path) -> Iterator[str]:
    """Serve WARC files as the collection ``cps`` of a pywb whose files lie in ``place``; gives its address."""
    programs = tool("pywb")
    for words in (("init", "cps"), ("add", "cps", *map(str, warcs))):
        subprocess.run([programs / "wb-manager", *words], cwd=place, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [programs / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with (place / "log").open("w") as log, subprocess.Popen(words, cwd=place, stdout=log, stderr=log) as server:
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/cps/", timeout=5).read()
                    break
                except (urllib.error.URLError, OSError):
                    assert server.poll() is None, (place / "log").read_text()
                    time.sleep(0.25)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
