"""Take the README's pictures: `uv run python tests/browser/take_pictures.py` (needs chromium)."""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.conftest import BROWSERS, QUIET, free_port, wait_until_served
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[2] / "docs"
SERVE = """
import sys
from thermidor.dashboard.serve import serve
serve(port=int(sys.argv[1]), open_browser=False)
"""
PICTURES = {
    "dashboard.png": (
        "?scenario=councils-only&explore.month=108",
        "document.querySelector('.verdict .kicker')?.textContent.includes('Month 108 ')",
    ),
    "dashboard-map.png": ("?view=map", "document.querySelector('.view-map [role=row]')"),
}  # file: query, what holds once it is drawn


def main() -> None:
    """Serve the dashboard and write the pictures to docs/."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    chromium = next(found for name in BROWSERS if (found := shutil.which(name)))
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)])
    try:
        wait_until_served(url, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for name, (query, drawn) in PICTURES.items():
                page.goto(url + query)
                page.wait_for_function(drawn, timeout=120_000)
                page.wait_for_timeout(4000)
                page.screenshot(path=str(DOCS / name))
                print(DOCS / name)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
