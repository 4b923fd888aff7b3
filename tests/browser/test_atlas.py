"""The page without a server, opened from a file, offline.

The file forbids its scripts to evaluate strings, which `wait_for_function` does whenever it looks a
second time: what is waited for is told by `expect`.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from thermidor.dashboard.atlas.answers import answers
from thermidor.dashboard.atlas.page import page as written
from thermidor.dashboard.atlas.recording import record
from thermidor.dashboard.session import Session

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORDED = (
    "scenario=workers-democracy",
    "scenario=paris-commune-1871",
    "scenario=paris-commune-1871&wage_cap=none&openness=0.25&at=1:recall_threshold=none",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a page with three societies and return its address."""
    societies = {f"r{k}": Session.from_search(search) for k, search in enumerate(RECORDED)}
    path = tmp_path_factory.mktemp("atlas") / "atlas.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("thermidor.dashboard.atlas.answers.RUNS", 1)
        path.write_text(written(societies, record(societies), answers()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, file: str) -> Iterator[Page]:
    """Open the page without a network; whatever is asked for or goes wrong fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page, wrong = context.new_page(), []
    page.on("request", lambda one: one.url.startswith(file) or wrong.append(one.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: line.type == "error" and wrong.append(line.text))
    page.goto(f"{file}#scenario=workers-democracy&lang=en")
    page.wait_for_selector(".key li")
    yield page
    context.close()
    assert wrong == []


def test_a_recorded_society_plays_to_its_verdict(page: Page) -> None:
    page.get_by_role("button", name="To the end").click()
    expect(page.locator(".verdict .kicker")).to_contain_text("240 of 240")
    assert page.locator(".verdict").get_attribute("data-regime") == "workers_democracy"
    assert page.locator("#rule-openness").is_disabled()
    assert "uv run thermidor dashboard" in page.locator(".panel .note").first.inner_text()


def test_language_view_and_society_stand_in_the_address(page: Page, file: str) -> None:
    page.locator("#scenario").select_option("paris-commune-1871")
    expect(page).to_have_url(re.compile("#.*paris-commune"))
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator(".tab[data-view=map]").click()
    page.wait_for_selector(".map-cell.told")
    address = page.url
    page.goto("about:blank")
    page.goto(address.replace("#", "?"))  # as links of the lessons are written
    page.wait_for_selector(".map-cell.told")
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.locator(".tab[data-view=explore]").click()
    expect(page.locator(".verdict .kicker")).to_contain_text("из 3")


def test_a_cell_of_the_map_says_how_to_open_what_is_not_recorded(page: Page) -> None:
    page.locator(".tab[data-view=map]").click()
    page.locator('.map-cell[data-cell="0"]').click()
    how = page.locator(".map-how").inner_text()
    assert "uv run thermidor dashboard" in how
    assert "openness=0&recall_threshold=0.05" in how
    page.locator('.map-cell[data-cell="43"]').click()  # the scenario's own rules: recorded
    page.wait_for_selector(".view-explore .key li")


def test_views_that_compute_are_not_offered_and_the_others_work(page: Page) -> None:
    views = page.evaluate("[...document.querySelectorAll('.tab')].map(one => one.dataset.view)")
    assert views == ["explore", "map", "learn", "teach"]
    page.locator(".tab[data-view=teach]").click()
    page.locator(".pack-name").first.click()
    page.wait_for_selector(".sheet")
    page.locator(".tab[data-view=learn]").click()
    page.wait_for_selector(".scene canvas")


def test_a_link_opens_what_is_recorded_and_says_so_of_what_is_not(page: Page) -> None:
    note = page.locator(".panel .note").first
    other = "#scenario=paris-commune-1871&at=1:recall_threshold=none&openness=0.250&wage_cap=none"
    page.evaluate("hash => { location.hash = hash; }", other)
    expect(page.locator("#scenario")).to_have_value("paris-commune-1871")
    assert page.locator("output[for=rule-openness]").inner_text() == "25%"
    assert note.inner_text().startswith("This file plays recorded societies")
    page.evaluate("hash => { location.hash = hash; }", other.replace("0.250", "0.75"))
    expect(note).to_contain_text("not recorded")
    assert page.locator("output[for=rule-openness]").inner_text() != "25%"
