"""The list of steps, and how a step runs its SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("cpsscrape")


def run_script(db: Database, script: str) -> None:
    """Run statements that end with ``;`` at the end of a line."""
    # executescript() commits first, which would end the migration's own transaction.
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
