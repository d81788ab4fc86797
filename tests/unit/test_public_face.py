"""What is promised by name is there, and is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

import cpsscrape
from cpsscrape import settings

DOCS = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in dir(settings) if name.startswith("CPS_")])
def test_a_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in DOCS


@pytest.mark.parametrize("name", cpsscrape.__all__)
def test_a_public_name_can_be_imported(name: str) -> None:
    assert getattr(cpsscrape, name) is not None


def test_public_names_are_sorted() -> None:
    assert cpsscrape.__all__ == sorted(cpsscrape.__all__, key=str.casefold)
