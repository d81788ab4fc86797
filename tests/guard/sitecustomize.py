"""Loaded by every Python that the tests start: nothing leaves 127.0.0.1, and who tries is written down."""

from __future__ import annotations

import os
import sys

ALLOWED = {"127.0.0.1", "::1", "localhost", "", None}


def watch(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket of this machine
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host not in ALLOWED:
        if log := os.environ.get("CPS_TESTS_STRAYED"):
            with open(log, "a", encoding="utf-8") as out:  # noqa: PTH123 # this runs in every interpreter, early
                out.write(f"{host}\n")
        raise PermissionError(f"a test tried to reach {host}")


sys.addaudithook(watch)
