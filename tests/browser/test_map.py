"""The map of two rules as a visitor sees it."""

import pytest
from browser.visitors import Arrive
from playwright.sync_api import Page, expect

from thermidor.experiments.atlas.shipped import atlas

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAPS = {
    (base["name"], one["x"], one["y"]): one for base in atlas()["bases"] for one in base["maps"]
}


def look(arrive: Arrive, query: str = "", width: int = 1280, height: int = 800) -> Page:
    visitor = arrive(width, height)
    visitor.page.goto(f"{visitor.url}?view=map{query}")
    visitor.page.wait_for_selector(".map-cell.told")
    return visitor.page


def test_a_cell_tells_its_numbers_by_pointer_and_by_arrow_keys(arrive: Arrive) -> None:
    page = look(arrive, "&scenario=nomenklatura")
    expect(page.locator(".map-cell")).to_have_count(81)
    page.locator('.map-cell[data-cell="40"]').hover()
    told = page.locator(".map-sentence")
    assert "Openness of accounts: 50%" in told.inner_text()
    assert "Signatures for a recall: 30%" in told.inner_text()
    page.locator(".map-cell.told").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert "Openness of accounts: 60%" in told.inner_text()
    assert "Signatures for a recall: 40%" in told.inner_text()
    assert page.evaluate("document.activeElement.dataset.cell") == "50"


def test_a_cell_opens_the_society_that_ended_as_the_map_says(arrive: Arrive) -> None:
    page = look(arrive)
    one = MAPS["workers-democracy", "openness", "recall_threshold"]
    cell = 0
    page.locator(f'.map-cell[data-cell="{cell}"]').click()
    page.wait_for_selector(".view-explore .key li", timeout=120_000)
    address = page.evaluate("location.search")
    assert "openness=0&" in address
    assert "recall_threshold=0.05" in address
    page.get_by_role("button", name="To the end").click()
    page.wait_for_function(
        "document.querySelector('.verdict .kicker').textContent.includes('240 of 240')"
    )
    seed = int(address.split("seed=")[1].split("&")[0])
    ended = one["regimes"][cell][atlas()["seeds"].index(seed)]
    assert page.locator(".verdict").get_attribute("data-regime") == atlas()["regimes"][int(ended)]


def test_what_is_shown_can_be_chosen_and_stands_in_the_link(arrive: Arrive) -> None:
    page = look(arrive)
    page.locator("#map-base").select_option("audited-meritocracy")
    page.locator("#map-pair").select_option("audit_rate-sanction")
    page.get_by_role("button", name="Needs met").click()
    page.wait_for_function("location.search.includes('map.show=needs_met')")
    for kept in ("map.base=audited-meritocracy", "map.pair=audit_rate-sanction"):
        assert kept in page.evaluate("location.search")
    met = MAPS["audited-meritocracy", "audit_rate", "sanction"]["needs_met"]
    shown = page.locator('.map-cell[data-cell="7"]').inner_text()
    assert abs(int(shown) - 100 * met[7]) <= 0.51
    page.get_by_text("This map as a table").click()
    expect(page.locator(".map-table td")).to_have_count(1 + 81)


def test_the_map_fits_a_phone_and_speaks_russian(arrive: Arrive) -> None:
    page = look(arrive, "&lang=ru", 360, 740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    text = page.locator(".view-map").inner_text()
    assert "Карта двух правил" in text
    for word in ("undefined", "NaN", "view_map", "Openness"):
        assert word not in text
