"""Takes the pictures in docs/screenshots, of the miniature site: ``python scripts/screenshots.py``.

Needs the extras ``web`` and ``dev``, and Debian's packages chromium, fonts-noto-core and pngquant.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from miniature_archive import make_archive
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SHOTS = {
    "article": ("/articles/node/26011", 1400, "light"),
    "search": ("/search?q=money", 940, "light"),
    "charts": ("/-/dashboards/archive", 1020, "dark"),
}


def main() -> int:
    """Crawl, serve, look."""
    with tempfile.TemporaryDirectory() as scratch:
        make_archive(Path(scratch))
        program = "from cpsscrape.cli import main; main()"
        serve = [sys.executable, "-uc", program, "--data", scratch, "serve", "--port", "0"]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            found = re.search(r"http://\S+?(?=/ )", server.stdout.readline())
            assert found
            _take(found[0])
            server.terminate()
    return 0


def _take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for name, (path, height, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": 1240, "height": height}, color_scheme=scheme)
            page.goto(url + path, wait_until="networkidle")
            page.wait_for_timeout(1500)  # charts are drawn after their figures came
            picture = FOLDER / f"{name}.png"
            page.screenshot(path=picture)
            subprocess.run(
                ["/usr/bin/pngquant", "--force", "--quality", "60-95", "--output", picture, "96", picture], check=True
            )
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
