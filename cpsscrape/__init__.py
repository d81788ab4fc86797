"""An archive of the Crown Prosecution Service's news."""

from __future__ import annotations

__version__ = "0.1.0"
