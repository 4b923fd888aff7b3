"""Two societies side by side, and many pairs of them, as a visitor sees it."""

import pytest
from browser.visitors import Arrive, Visitor
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINK = (
    "?view=compare&scenario=workers-democracy&seed=3&lang=en"
    "&compare.pairs=2&compare.right=workers-democracy&compare.rules=recall_threshold=none"
)
SOCIETIES = "[...document.querySelectorAll('.view-compare [id^=society-text]')]"
BOTH_DRAWN = f"{SOCIETIES}.length === 2 && {SOCIETIES}.every(one => one.textContent)"
MONTHS = f"""() => {SOCIETIES}
  .map(one => Number(one.textContent.match(/Month (\\d+)/)[1]))"""


def arrive_at(page: Page) -> Page:
    page.wait_for_function(BOTH_DRAWN, timeout=240_000)  # may have to compile
    return page


def opened(visitor: Visitor) -> Page:
    visitor.page.goto(visitor.url + LINK)
    return arrive_at(visitor.page)


def test_a_link_opens_both_societies_and_names_the_rule_that_differs(arrive: Arrive) -> None:
    page = opened(arrive())
    labels = page.locator(".difference-label").all_inner_texts()
    values = page.locator(".difference-value").all_inner_texts()
    assert (labels, values) == (["Signatures for a recall"], ["30%", "no recall"])
    assert page.locator("#compare-seed").input_value() == "3"
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_both_play_under_one_clock(arrive: Arrive) -> None:
    page = opened(arrive())
    page.locator(".view-compare .speed").select_option("24")
    page.locator(".view-compare .play").click()
    for month in (6, 20):
        page.wait_for_function(
            "month => Number(document.querySelector('.month b').textContent) >= month", arg=month
        )
        left, right = page.evaluate(MONTHS)
        assert left == right >= month
    page.locator(".view-compare .play").click()
    page.locator(".view-compare .multiples details summary").click()
    expect(page.locator(".multiples tbody tr")).to_have_count(9)


def test_a_rule_of_the_second_society_is_changed_on_the_spot(arrive: Arrive) -> None:
    page = opened(arrive())
    page.locator(".another").select_option("openness")
    page.locator("#B-openness").evaluate(
        "slider => { slider.value = 0.2; slider.dispatchEvent(new Event('change')); }"
    )
    page.wait_for_function("decodeURIComponent(location.search).includes('openness=0.2')")
    row = page.locator("[data-rule=openness] .difference-value")
    assert row.all_inner_texts() == ["90%", "20%"]
    page.get_by_role("button", name="Swap A and B").click()
    page.wait_for_function(
        "document.querySelector('[data-rule=openness] .difference-value').textContent === '20%'"
    )
    assert row.all_inner_texts() == ["20%", "90%"]
    page.get_by_role("button", name="Make B like A").click()
    page.wait_for_function("!document.querySelector('[data-rule=recall_threshold]')")


def test_pairs_grow_and_are_summed_up_in_a_sentence(arrive: Arrive) -> None:
    visitor = arrive(390, 844, has_touch=True, is_mobile=True)
    page = visitor.page
    page.goto(visitor.url + LINK.replace("lang=en", "lang=ru").replace("pairs=2", "pairs=4"))
    arrive_at(page)
    page.wait_for_function(
        "document.querySelector('.pairs .sentence').textContent.includes('из 4 парных')",
        timeout=120_000,
    )
    expect(page.locator(".pair .regime-mark")).to_have_count(8)
    expect(page.locator(".pairs tbody tr")).to_have_count(9)
    command = page.locator(".view-compare .reproduce code").inner_text()
    assert command.endswith("--set-b rules.recall_threshold=none --seed 3 --replicates 4")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    text = page.locator(".view-compare").inner_text()
    for word in ("undefined", "NaN", "view_compare", "Verdict", "Pairs"):
        assert word not in text
