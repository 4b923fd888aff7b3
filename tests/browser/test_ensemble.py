"""How sure a verdict is, as a visitor sees it."""

import re

import pytest
from browser.visitors import Arrive
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GROWN = "count => document.querySelectorAll('.view-ensemble .dot').length >= count"


def test_runs_grow_by_themselves_and_are_told_in_a_sentence(arrive: Arrive) -> None:
    visitor = arrive()
    page = visitor.page
    page.goto(visitor.url + "?view=ensemble&scenario=nomenklatura&ensemble.runs=10")
    page.wait_for_function(GROWN, arg=20, timeout=240_000)  # may have to compile
    page.wait_for_function(
        "/of 10 .* of 10 /.test(document.querySelector('.finding').textContent)", timeout=60_000
    )
    counts = page.locator(".source-chance .count").all_inner_texts()
    assert sum(int(re.match(r"\d+", count)[0]) for count in counts) == 10
    expect(page.locator(".view-ensemble .reproduce code")).to_have_count(2)
    page.get_by_role("button", name=re.compile("Русский")).click()
    page.wait_for_function("document.documentElement.lang === 'ru'")
    text = page.locator(".view-ensemble").inner_text()
    assert "контроль снизу" in text
    for word in ("undefined", "NaN", "view_ensemble", "runs of"):
        assert word not in text


def test_a_click_on_a_run_opens_that_society(arrive: Arrive) -> None:
    visitor = arrive()
    page = visitor.page
    page.goto(visitor.url + "?view=ensemble&scenario=nomenklatura&openness=0.5&ensemble.runs=10")
    page.wait_for_function(GROWN, arg=6, timeout=240_000)
    page.get_by_role("button", name="Stop").click()
    page.locator(".source-behaviour .dot").last.click()
    page.wait_for_selector(".view-explore .key li", timeout=60_000)
    query = page.evaluate("location.search")
    assert "openness=0.5" in query
    assert re.search(r"member=\d+", query)
    assert page.locator("#seed").input_value() == re.search(r"seed=(\d+)", query)[1]
    assert "set" in page.locator(".member").inner_text()


def test_a_visitor_can_stop_and_go_on(arrive: Arrive) -> None:
    visitor = arrive(360, 740, has_touch=True, is_mobile=True)
    page = visitor.page
    page.goto(visitor.url + "?view=ensemble&ensemble.stopped=yes")
    page.get_by_role("button", name="Go on").wait_for(timeout=60_000)
    page.wait_for_timeout(500)
    expect(page.locator(".dot")).to_have_count(0)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_function(GROWN, arg=2, timeout=240_000)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_function("location.search.includes('ensemble.stopped')")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
