"""Where settings come from: ``settings.py``, then the environment, then the command line."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from cpsscrape import __version__

DEFAULT_DATA_DIR = "data"


def from_environment(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the ``CPS_`` settings whose names are set in the environment, typed as their defaults."""
    return {
        name: _typed(os.environ[name], default)
        for name, default in settings.items()
        if name.startswith("CPS_") and name in os.environ
    }


def _typed(text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.strip().lower() not in {"", "0", "false", "no", "off"}
    if isinstance(default, int):
        return int(text)
    if isinstance(default, float):
        return float(text)
    return text


def project_folder() -> Path | None:
    """Return the nearest folder upwards with a ``scrapy.cfg``, the home of the default archive."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "scrapy.cfg").is_file():
            return folder
    return None


def data_folder(value: str | os.PathLike[str] | None) -> Path:
    """Return the folder of the archive as an absolute path.

    A relative path counts from the current folder; the default ``data`` from the project's.
    """
    if value is None or str(value) in {"", DEFAULT_DATA_DIR}:
        return (project_folder() or Path.cwd()) / DEFAULT_DATA_DIR
    return Path(value).expanduser().absolute()


def user_agent(contact: str | None) -> str:
    """Return the name under which every request is made: the project, and whom to write to."""
    return f"cpsscrape/{__version__} (archive of CPS news; {contact or 'no contact given'})"


def settings_module() -> Any:
    """Return the project's settings module without Scrapy: the one ``SCRAPY_SETTINGS_MODULE`` names."""
    return import_module(os.environ.get("SCRAPY_SETTINGS_MODULE", "cpsscrape.settings"))
