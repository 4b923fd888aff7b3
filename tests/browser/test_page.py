"""The page as a visitor sees it."""

from pathlib import Path

import pytest
from browser.visitors import Arrive
from playwright.sync_api import Route, expect

from thermidor.model.parameters import Rules

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INSIDE = """selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return box.width > 0 && box.left >= 0 && box.top >= 0
    && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
}"""


def test_first_paint_shows_everything_above_the_fold(arrive: Arrive) -> None:
    page = arrive().open().page
    assert page.title() == "Thermidor"
    assert page.locator("html").get_attribute("lang") == "en"
    assert "unvalidated" in page.locator(".caution").inner_text()
    for part in (".verdict", ".transport", ".society-canvas", ".legend", ".chart-canvas", ".log"):
        assert page.evaluate(INSIDE, part), part
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    expect(page.locator(".scenario option")).to_have_count(19)
    expect(page.locator(".rule")).to_have_count(len(Rules.model_fields))


def test_the_page_opens_where_the_map_of_its_modules_comes_late(arrive: Arrive) -> None:
    visitor = arrive()

    def late(route: Route) -> None:
        visitor.page.wait_for_timeout(3000)
        route.continue_()

    visitor.page.route("**/anywidget/extension.js*", late)
    visitor.open()
    assert any(one.endswith("/jupyter/anywidget.js") for one in visitor.requests)
    assert visitor.errors == []


def test_play_lets_time_pass_and_pause_stops_it(arrive: Arrive) -> None:
    visitor = arrive().open()
    page = visitor.page
    before = visitor.picture(".society-canvas"), visitor.picture(".chart-canvas")
    page.locator(".speed").select_option("24")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(document.querySelector('.month b').textContent) >= 30")
    page.get_by_role("button", name="Pause").click()
    stopped = visitor.month()
    page.wait_for_timeout(400)
    assert visitor.month() == stopped
    after = visitor.picture(".society-canvas"), visitor.picture(".chart-canvas")
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert page.locator(".regime").inner_text() != "Who will rule here?"
    assert page.locator(".verdict [aria-live]").inner_text()
    page.get_by_role("button", name="One month", exact=True).click()
    assert visitor.month() == stopped + 1
    page.get_by_role("button", name="Back to the start").click()
    assert visitor.month() == 0


def test_the_whole_run_is_one_click_away(arrive: Arrive) -> None:
    visitor = arrive().open()
    visitor.page.get_by_role("button", name="To the end").click()
    visitor.page.wait_for_function(
        "document.querySelector('.verdict .kicker').textContent.includes('240 of 240')"
    )
    for value in visitor.page.locator(".legend .value").all_inner_texts():
        assert float(value) >= 0
    visitor.page.get_by_text("These numbers as a table").click()
    expect(visitor.page.locator(".chart table tbody tr")).to_have_count(20)


def test_a_rule_changed_at_the_opening_makes_another_society(arrive: Arrive) -> None:
    visitor = arrive().open()
    visitor.go(48)
    drawn = visitor.picture(".chart-canvas")
    visitor.go(0)
    visitor.set_range("openness", 0)
    visitor.page.wait_for_function("location.search.includes('openness=0')")
    assert visitor.shown("openness") == "0%"
    visitor.go(48)
    assert visitor.picture(".chart-canvas") != drawn


def test_a_rule_changed_in_mid_run_keeps_the_past_and_is_told(arrive: Arrive) -> None:
    visitor = arrive().open()
    page = visitor.page
    visitor.go(36)
    past = page.evaluate(
        "[...document.querySelectorAll('.legend .value')].map(one => one.textContent)"
    )
    switch = page.locator("#rule-recall_threshold-on")
    switch.click()  # the page draws it as it was until the server has heard
    expect(switch).not_to_be_checked()
    page.wait_for_function("location.search.includes('at=36:recall_threshold=none')")
    assert visitor.month() == 36
    assert visitor.shown("recall_threshold") == "no recall"
    assert page.locator("#rule-recall_threshold").is_disabled()
    expect(page.locator(".log .rule_set")).to_have_count(1)
    again = page.evaluate(
        "[...document.querySelectorAll('.legend .value')].map(one => one.textContent)"
    )
    assert again == past
    visitor.go(60)
    page.get_by_role("button", name="Back to the scenario's rules").click()
    page.wait_for_function("!location.search.includes('at=')")
    page.wait_for_function("document.querySelector('.month b').textContent === '0'")
    assert visitor.shown("recall_threshold") == "30%"


def test_the_language_switches_live(arrive: Arrive) -> None:
    visitor = arrive().open()
    visitor.go(24)
    visitor.page.get_by_role("button", name="Русский").click()
    visitor.page.wait_for_function("document.documentElement.lang === 'ru'")
    assert visitor.month() == 24
    text = visitor.page.locator(".thermidor").inner_text()
    assert "Правила" in text
    for word in ("Rules", "Verdict", "Needs met", "undefined", "dashboard.", "ui."):
        assert word not in text


def test_a_scenario_brings_its_own_rules(arrive: Arrive) -> None:
    visitor = arrive().open()
    visitor.page.locator("#scenario").select_option("nomenklatura")
    visitor.page.wait_for_function("location.search.includes('scenario=nomenklatura')")
    assert visitor.shown("recall_threshold") == "no recall"
    visitor.page.wait_for_selector(".key li")
    visitor.go(24)


def test_the_url_restores_what_a_visitor_saw(arrive: Arrive) -> None:
    query = "?scenario=nomenklatura&seed=5&lang=ru&openness=0.4&at=24:wage_cap=1.5"
    visitor = arrive().open(query)
    assert visitor.page.locator("html").get_attribute("lang") == "ru"
    assert visitor.shown("openness").startswith("40")
    assert visitor.page.locator("#seed").input_value() == "5"
    assert visitor.page.evaluate("location.search") == query
    visitor.go(36)
    assert visitor.shown("wage_cap").startswith("1,5")


def test_two_visitors_do_not_touch(arrive: Arrive) -> None:
    one, other = arrive().open(), arrive().open()
    one.set_range("wage_cap", 3)
    one.page.wait_for_function("location.search.includes('wage_cap=3')")
    one.go(24)
    one.page.get_by_role("button", name="Русский").click()
    one.page.wait_for_function("document.documentElement.lang === 'ru'")
    other.page.wait_for_timeout(300)
    assert other.month() == 0
    assert other.shown("wage_cap").startswith("1 ")
    assert other.page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [390, 360])
def test_a_phone_shows_the_verdict_first_and_rules_in_a_drawer(arrive: Arrive, width: int) -> None:
    visitor = arrive(width, 844 if width == 390 else 740, has_touch=True, is_mobile=True)
    page = visitor.open("?lang=ru").page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for part in (".verdict", ".transport", ".play", ".open-rules", ".society-canvas"):
        assert page.evaluate(INSIDE, part), part
    order = [
        page.locator(part).bounding_box()["y"]
        for part in (".verdict", ".society", ".chart", ".log")
    ]
    assert order == sorted(order)
    assert not page.locator("#rule-openness").is_visible()
    page.locator(".open-rules").click()
    page.locator("#rule-openness").scroll_into_view_if_needed()
    page.wait_for_function(INSIDE, arg="#rule-openness")
    page.keyboard.press("Escape")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('.panel')).visibility === 'hidden'"
    )
    assert page.evaluate("document.activeElement.classList.contains('open-rules')")
    zoom = page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable=no" not in zoom


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(arrive: Arrive) -> None:
    page = arrive().open().page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('.thermidor :is(button, input, select)')]
        .filter(one => {
          const label = one.labels?.length ? one.labels[0].textContent : '';
          return !(one.getAttribute('aria-label') || label || one.textContent).trim();
        }).map(one => one.outerHTML)"""
    )
    assert nameless == []
    page.locator(".play").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("Number(document.querySelector('.month b').textContent) >= 2")
    page.keyboard.press("Enter")
    page.locator(".scrub").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.month b').textContent === '1'")


def test_dark_follows_the_system(arrive: Arrive) -> None:
    page = arrive(color_scheme="dark").open().page
    colour = page.evaluate("getComputedStyle(document.querySelector('.thermidor')).backgroundColor")
    assert colour == "rgb(23, 24, 26)"


def test_no_request_leaves_the_machine(arrive: Arrive, server: tuple[str, Path]) -> None:
    visitor = arrive().open()
    visitor.go(36)
    outside = [url for url in visitor.requests if not url.startswith((server[0], "data:", "blob:"))]
    assert outside == []
    assert len(visitor.requests) > 5
    assert "LEFT THE MACHINE" not in server[1].read_text()
