"""Real browsers beside the load: when they see something, and how smoothly it moves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, sync_playwright

from .chromium import launch

DRAWN = "document.querySelectorAll('.thermidor .key li').length > 0"
JUDGED = "!document.querySelector('.verdict .kicker')?.textContent.includes(' 0 ')"
SCRUB = """month => { const slider = document.querySelector('.scrub');
  slider.value = month; slider.dispatchEvent(new Event('input')); }"""
PICTURES = """seconds => new Promise((done) => {
  const times = []; const ends = performance.now() + 1000 * seconds;
  const take = (now) => {
    times.push(now);
    now < ends ? requestAnimationFrame(take) : done(times);
  };
  requestAnimationFrame(take);
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Watched:
    """What one browser saw: seconds from opening the address, and seconds between pictures."""

    painted: float
    drawn: float
    judged: float
    pictures: list[float]
    months: int


def watch(url: str, seconds: float, warm: bool = True) -> Watched:
    """Open the page in a browser that has been here before, go to a verdict, play and look."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        if warm:
            page.goto(url)
            page.wait_for_function(DRAWN, timeout=120_000)
        watched = look(page, url, seconds)
        browser.close()
    return watched


def look(page: Page, url: str, seconds: float) -> Watched:
    """Open the page and take the times of what appears, then play at twelve months a second."""
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(DRAWN, timeout=120_000)
    drawn = time.perf_counter() - began
    page.evaluate(SCRUB, 12)
    page.wait_for_function(JUDGED, timeout=120_000)
    judged = time.perf_counter() - began
    painted = page.evaluate(PAINTED) or float("nan")
    page.locator(".speed").select_option("12")
    page.locator(".play").click()
    times: list[Any] = page.evaluate(PICTURES, seconds)
    month = int(page.locator(".transport .month b").inner_text())
    gaps = [(b - a) / 1000 for a, b in pairwise(times)]
    return Watched(painted / 1000, drawn, judged, gaps, month)
