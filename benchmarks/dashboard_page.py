"""How fast the page is for one visitor, in a real browser: paint, verdict, pictures a second.

`uv run python benchmarks/dashboard_page.py` (needs chromium) serves the dashboard, opens it once to
warm server and disk, and then measures fresh visitors: milliseconds until something is painted,
until the society is drawn, from a click on "To the end" until the verdict on the last month, from
a click on an office until it is explained, and pictures a second while 1,000 workers play at 24
months a second. It tells the middle one of several visitors, and the worst.
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, Page, sync_playwright

from thermidor.benchmarks.classroom.chromium import launch
from thermidor.benchmarks.classroom.served import Served

QUERY = "?scenario=workers-democracy"
PLAYED = 5.0  # seconds
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
DRAWN = "document.querySelector('.thermidor .key li')"
ENDED = "document.querySelector('.verdict .kicker')?.textContent.includes('240 of 240')"
TOLD = "document.querySelector('.explain h3')"
PICTURES = """seconds => new Promise((done) => {
  const times = [];
  const count = (now) => {
    times.push(now);
    if (now - times[0] < 1000 * seconds) requestAnimationFrame(count);
    else done(times.slice(1).map((time, place) => time - times[place]));
  };
  requestAnimationFrame(count);
})"""


def until(page: Page, condition: str, deed: Callable[[], object]) -> float:
    """Return how many milliseconds of the browser's clock pass from a deed to a condition."""
    page.evaluate(
        f"""() => {{ window.began = performance.now(); window.took = null;
        const look = () => {{ if ({condition}) window.took = performance.now() - window.began;
          else requestAnimationFrame(look); }}; look(); }}"""
    )
    deed()
    page.wait_for_function("window.took !== null", timeout=120_000)
    return page.evaluate("window.took")


def visit(browser: Browser, url: str, seed: int) -> dict[str, float]:
    """Return what one fresh visitor of a society nobody has seen yet measures."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(
        f"""const look = () => {{ if ({DRAWN}) window.drawn = performance.now();
        else requestAnimationFrame(look); }}; requestAnimationFrame(look);"""
    )
    page.goto(f"{url}{QUERY}&seed={seed}")
    page.wait_for_function("window.drawn", timeout=240_000)
    seen = {"first paint, ms": page.evaluate(PAINT), "society drawn, ms": page.evaluate("drawn")}
    office = page.locator(".society-canvas")
    place = {"x": office.bounding_box()["width"] * 0.56, "y": 20}  # type: ignore[index]
    seen["verdict after To the end, ms"] = until(page, ENDED, page.locator(".end").click)
    explain = until(page, TOLD, lambda: office.click(position=place))  # type: ignore[arg-type]
    seen["office explained, ms"] = explain
    page.keyboard.press("Escape")
    page.locator(".reset").click()
    page.locator(".speed").select_option("24")
    page.locator(".play").click()
    gaps = sorted(page.evaluate(PICTURES, PLAYED))
    seen["pictures a second"] = 1000 * len(gaps) / sum(gaps)
    seen["95th gap between pictures, ms"] = gaps[int(0.95 * len(gaps))]
    context.close()
    return seen


def main() -> None:
    """Serve, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=5)
    visitors = parser.parse_args().visitors
    with Served() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        visit(browser, server.url, 1)
        seen = [visit(browser, server.url, seed) for seed in range(2, visitors + 2)]
    print(f"{visitors} visitors, load of the machine {os.getloadavg()[0]:.1f}")
    for name in seen[0]:
        values = [one[name] for one in seen]
        worst = min(values) if name == "pictures a second" else max(values)
        print(f"{name:32} {statistics.median(values):8.0f} {worst:8.0f}")


if __name__ == "__main__":
    main()
