"""Words about records: dates, counts, doubt."""

from __future__ import annotations

from datetime import date

_DOUBTFUL = 0.5  # below an even chance a judgement is marked for the reader; the datasheet counts the same


def day(value: str | None) -> str:
    """``9 August 2024`` for ``2024-08-09``; what is no date stays as it is."""
    if not value:
        return "no date"
    try:
        parsed = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{parsed.day} {parsed:%B %Y}"


def moment(value: str | None) -> str:
    """``9 August 2024, 14:05 UTC`` for a stored time."""
    if not value:
        return "never"
    return day(value) + (f", {value[11:16]} UTC" if len(value) >= 16 else "")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 story``, ``2,300 stories``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def is_doubtful(confidence: float) -> bool:
    """Whether a judgement is shown as one to be doubted."""
    return confidence < _DOUBTFUL
