"""Runs the application on a socket that is already bound."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import uvicorn

from cpsscrape.web.application import application

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path


class Announcing(uvicorn.Server):
    """Says that it is there once it answers, not before."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce."""
        await super().startup(sockets)
        if self.started:
            self.announce()


def serve(folder: Path, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serve until a signal ends it."""
    datasette = application(folder)
    asyncio.run(_run(datasette.app(), listening, announce, datasette.invoke_startup))


async def _run(
    app: object, listening: socket.socket, announce: Callable[[], None], ready: Callable[[], object]
) -> None:
    await ready()  # type: ignore[misc] # datasette ships no types
    config = uvicorn.Config(app, log_level="warning", access_log=False)  # type: ignore[arg-type] # likewise
    await Announcing(config, announce).serve(sockets=[listening])
