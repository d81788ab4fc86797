"""How often a rule was right on pages nobody had tuned it on: the table behind ``Quote.confidence``."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

_UNMEASURED = 0.5


@cache
def precisions() -> dict[str, float]:
    """Rule → measured precision, from ``confidence.csv``."""
    text = resources.files("cpsscrape.extract").joinpath("confidence.csv").read_text("utf-8")
    return {row["rule"]: float(row["precision"]) for row in csv.DictReader(text.splitlines())}


def measured(rule: str) -> float:
    """The precision of a rule; of one too rare to measure, that of its kind, else a half."""
    table = precisions()
    if rule in table:
        return table[rule]
    return table.get(rule.split("-", 1)[0], _UNMEASURED)
