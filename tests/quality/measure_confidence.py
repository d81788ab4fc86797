"""Writes ``cpsscrape/extract/confidence.csv`` from the tuning part: ``python tests/quality/measure_confidence.py``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from quality.matching import load, measure_rules

TABLE = Path(__file__).parents[2] / "cpsscrape" / "extract" / "confidence.csv"
LEAST_SEEN = 5  # of a rarer rule the precision of its kind says more


def main() -> None:
    """Measure every rule and write the table, in the order of the rules' names."""
    rules = measure_rules(load("tuning"))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", "precision", "seen"])
        for rule, (right, seen) in sorted(rules.items()):
            if seen >= LEAST_SEEN or "-" not in rule:
                writer.writerow([rule, f"{right / seen:.3f}", seen])


if __name__ == "__main__":
    main()
