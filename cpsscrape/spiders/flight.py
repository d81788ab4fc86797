"""What was asked for and has not landed yet, so that a spider asks for no more than it has room for."""

from __future__ import annotations

import asyncio


class Flight:
    """Names of what is under way. Nothing is lost with it: the archive knows what is still to be done."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._landing = asyncio.Event()

    def take_off(self, name: str) -> None:
        """Count something as under way."""
        self._names.add(name)

    def land(self, name: str) -> None:
        """Count it no more; landing twice does no harm."""
        self._names.discard(name)
        self._landing.set()

    async def room(self, at_once: int) -> None:
        """Wait until fewer than ``at_once`` are under way; 1 waits for all of them."""
        while len(self._names) >= at_once:
            self._landing.clear()
            await self._landing.wait()
