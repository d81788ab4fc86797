"""Writes ``cpsscrape/extract/confidence.csv`` from how often each rule was right at first sight.

``first_sight.csv`` has, for every lot of articles that was labelled before the rules met it, how the rules
of that day did. ``python tests/quality/measure_confidence.py`` writes the table from it;
``python tests/quality/measure_confidence.py held4-`` first adds the fixtures of that name as a new lot.
Add a lot once, before anybody looks at its errors.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from quality.matching import FIXTURES, measure_rules, read_page

TABLE = Path(__file__).parents[2] / "cpsscrape" / "extract" / "confidence.csv"
FIRST_SIGHT = Path(__file__).with_name("first_sight.csv")
LEAST_SEEN = 5  # of a rarer rule the precision of its kind says more
WEIGHT = 5  # quotes of its kind that each rule is mixed with: five lucky ones are no certainty


def first_sight() -> dict[str, tuple[int, int]]:
    """Rule or kind → how often it was right and how often it was used, over all lots."""
    found: dict[str, tuple[int, int]] = {}
    with FIRST_SIGHT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            right, seen = found.get(row["rule"], (0, 0))
            found[row["rule"]] = (right + int(row["right"]), seen + int(row["seen"]))
    return found


def confidences() -> dict[str, tuple[float, int]]:
    """Rule or kind → precision and how often it was seen; a rule's is drawn towards its kind's."""
    counted = first_sight()
    table = {}
    for rule, (right, seen) in sorted(counted.items()):
        kind_right, kind_seen = counted[rule.partition("-")[0]]
        if "-" not in rule:
            table[rule] = (right / seen, seen)
        elif seen >= LEAST_SEEN:
            table[rule] = ((right + WEIGHT * kind_right / kind_seen) / (seen + WEIGHT), seen)
    return table


def add_lot(lot: str) -> None:
    """Count the fixtures whose names begin with ``lot``, as today's rules read them."""
    folders = sorted(folder for folder in (FIXTURES / "tuning").iterdir() if folder.name.startswith(lot))
    with FIRST_SIGHT.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for rule, (right, seen) in sorted(measure_rules(map(read_page, folders)).items()):
            writer.writerow([lot, rule, right, seen])


def main() -> None:
    """Add the lots that are named, then write the table, in the order of the rules' names."""
    for lot in sys.argv[1:]:
        add_lot(lot)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", "precision", "seen"])
        for rule, (precision, seen) in confidences().items():
            writer.writerow([rule, f"{precision:.3f}", seen])


if __name__ == "__main__":
    main()
