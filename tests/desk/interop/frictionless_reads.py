"""Validates a data package, references between its tables included. ``frictionless_reads.py PACKAGE``."""

import json
import sys

from frictionless import Package


def main() -> None:
    """Write what frictionless finds. It starts processes that import this file, hence a function."""
    report = Package(f"{sys.argv[1]}/datapackage.json").validate()
    found = {
        "valid": report.valid,
        "rows": {task.name: task.stats.get("rows") for task in report.tasks},
        "errors": [str(error) for error in report.flatten(["type", "message"])][:20],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
