"""Take the README's pictures: `uv run python tests/browser/take_pictures.py` (needs chromium)."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from thermidor.benchmarks.classroom.chromium import launch
from thermidor.benchmarks.classroom.served import Served

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = {
    "dashboard.png": (
        "?scenario=councils-only&explore.month=108",
        "document.querySelector('.verdict .kicker')?.textContent.includes('Month 108 ')",
    ),
    "dashboard-map.png": ("?view=map", "document.querySelector('.view-map [role=row]')"),
}  # file: query, what holds once it is drawn


def main() -> None:
    """Serve the dashboard and write the pictures to docs/."""
    with Served() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name, (query, drawn) in PICTURES.items():
            page.goto(server.url + query)
            page.wait_for_function(drawn, timeout=120_000)
            page.wait_for_timeout(4000)
            page.screenshot(path=str(DOCS / name))
            print(DOCS / name)
        browser.close()


if __name__ == "__main__":
    main()
