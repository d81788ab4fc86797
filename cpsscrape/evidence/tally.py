"""How far a check is and what it looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Tally:
    """Counts what was looked at; ``notes`` are no faults. ``shown`` is told of every step.

    ``shown`` gets the name of the stage, how much of it is done, and how much there is.
    """

    shown: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
    bytes: int = 0
    records: int = 0
    articles: int = 0
    notes: list[str] = field(default_factory=list)
    _name: str = ""
    _done: int = 0
    _total: int = 0

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of the check."""
        self._name, self._done, self._total = name, 0, total
        self.step(0)

    def step(self, amount: int) -> None:
        """Say that so much more of the stage is done."""
        self._done += amount
        self.shown(self._name, self._done, self._total)
