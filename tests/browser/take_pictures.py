"""Take the README's pictures: `uv run python tests/browser/take_pictures.py` (needs chromium)."""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.conftest import BROWSERS, QUIET, free_port, wait_until_served
from browser.visitors import Visitor
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[2] / "docs"
SERVE = """
import sys
from thermidor.dashboard.serve import serve
serve(port=int(sys.argv[1]), open_browser=False)
"""
PICTURES = (
    (
        "dashboard.png",
        "?scenario=nomenklatura&at=48:openness=0.3",
        72,
        {"width": 1280, "height": 800},
        1,
    ),
    ("dashboard-phone.png", "?scenario=nomenklatura", 72, {"width": 390, "height": 844}, 2),
)


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
            for name, query, month, viewport, scale in PICTURES:
                context = browser.new_context(viewport=viewport, device_scale_factor=scale)
                visitor = Visitor(context, url).open(query)
                visitor.go(month)
                visitor.page.wait_for_timeout(2500)
                visitor.page.screenshot(path=str(DOCS / name))
                print(DOCS / name)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
