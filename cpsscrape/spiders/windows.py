"""The span of publication dates a crawl is asked for.

The site's own filter is not trusted: its date hint is mm/dd/yyyy on one page and dd/mm/yyyy on another.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Both ends are inclusive; None is open. A story without a date is always inside."""

    since: str | None = None
    until: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether every story is asked for."""
        return self.since is None and self.until is None

    def holds(self, published_on: str | None) -> bool:
        """Whether a story published that day is asked for."""
        if published_on is None:
            return True
        return (self.since is None or published_on >= self.since) and (self.until is None or published_on <= self.until)

    def is_past(self, published_on: str | None) -> bool:
        """Whether a story is older than anything asked for."""
        return published_on is not None and self.since is not None and published_on < self.since
