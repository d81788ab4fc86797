"""The schema, as a list of steps that are never edited once released; each is a file of its own.

Every table, column and view is described in ``docs/schema.md``, which is generated from a
fresh database and from ``columns.csv`` beside this folder.

A key of a table without rowid stands first: elsewhere SQLite 3.40's ``integrity_check`` reports
NULLs that are not there.

The trap: after any ``transform()`` of ``articles`` or ``quotes`` the search triggers are
gone (SQLite drops them with the old table). Such a step must call :func:`enable_search`.
"""

from __future__ import annotations

# Importing a step puts it on the list, so they stand in their order.
from cpsscrape.archive.migrations import (
    m001_evidence,
    m002_documents,
    m003_search,
    m004_views,
    m005_listed,
    m006_queue,
)
from cpsscrape.archive.migrations.m003_search import enable_search
from cpsscrape.archive.migrations.steps import migrations

STEPS = (m001_evidence, m002_documents, m003_search, m004_views, m005_listed, m006_queue)

__all__ = ["STEPS", "enable_search", "migrations"]
