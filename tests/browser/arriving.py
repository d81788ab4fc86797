"""Waiting for a page that a click or a key leads to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


@contextmanager
def arriving(page: Page) -> Iterator[None]:
    """Do in the block what leads to another address; afterwards the page is there.

    Waiting for a quiet network alone would not do: before the browser has set out, it is quiet too.
    """
    here = page.url
    yield
    page.wait_for_url(lambda url: url != here, wait_until="networkidle")
