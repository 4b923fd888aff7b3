"""The view Learn as a reader sees it: bets and reveals, a constitution of one's own, the words."""

import pytest
from browser.visitors import Arrive, Visitor
from playwright.sync_api import Page, expect

from thermidor.experiments.evidence.patterns import all_patterns

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def learn(visitor: Visitor, query: str = "") -> Page:
    """Open the view and wait until its story has come."""
    visitor.page.goto(f"{visitor.url}?view=learn{query}")
    visitor.page.wait_for_selector(".view-learn .learn-page", timeout=240_000)
    return visitor.page


def bet(page: Page, choice: int) -> None:
    """Bet on an answer, let time pass and go to the end."""
    page.locator(".choice").nth(choice).click()
    page.locator(".bet .play").click()
    page.locator(".bet .play").click()
    page.wait_for_selector(".found .settled", timeout=240_000)


def test_a_bet_comes_before_the_reveal_and_a_reload_restores_both(arrive: Arrive) -> None:
    visitor = arrive()
    page = learn(visitor)
    assert page.locator(".bet .play").is_disabled()
    assert page.locator(".found").inner_text() == ""
    bet(page, 2)
    found = page.locator(".found").inner_text()
    expect(page.locator(".choice:not([disabled])")).to_have_count(1)
    page.wait_for_function("location.search.includes('reports:2%21')")
    page.reload()
    page.wait_for_selector(".found .settled")
    assert page.locator(".found").inner_text() == found
    expect(page.locator(".choice[aria-pressed=true]")).to_have_count(1)
    page.get_by_role("button", name="Русский").click()
    page.wait_for_function("/[а-я]/.test(document.querySelector('.found .settled')?.textContent)")
    expect(page.locator(".choice[aria-pressed=true]")).to_have_count(1)


def test_a_link_with_nonsense_in_it_opens_the_story_all_the_same(arrive: Arrive) -> None:
    kept = "learn.bets=revolt:1!,reports:9!,office:1,%3C&learn.step=no&learn.rules=x=1,openness=7"
    page = learn(arrive(), f"&{kept}")
    expect(page.locator(".choice[aria-pressed=true]")).to_have_count(0)
    expect(page.locator(".mark.done")).to_have_count(0)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".choice[aria-pressed=true]")).to_have_count(1)
    page.get_by_role("button", name="Your constitution").click()
    assert page.locator("output[for=own-openness]").inner_text() == "100%"


def test_the_keyboard_leads_through_the_story_and_more_runs_show_whether_it_was_luck(
    arrive: Arrive,
) -> None:
    page = learn(arrive(), "&learn.step=office")
    page.wait_for_selector(".official h3", timeout=240_000)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('learn.step=irremovable')")
    bet(page, 0)
    assert "of 1" in page.locator(".tally").inner_text()
    page.locator(".ask-luck").click()
    page.wait_for_function("document.querySelectorAll('.luck .dot').length === 20", timeout=120_000)
    counts = page.locator(".luck-count").all_inner_texts()
    assert sum(map(int, counts)) == 20
    page.locator(".closer").click()
    page.wait_for_selector(".view-explore .key li")
    assert page.locator("#scenario").input_value() == "nomenklatura"


def test_a_phone_reads_the_story_in_russian(arrive: Arrive) -> None:
    visitor = arrive(360, 740, has_touch=True, is_mobile=True)
    page = learn(visitor, "&learn.step=books&lang=ru")
    bet(page, 1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    tops = [page.locator(part).bounding_box()["y"] for part in (".bet", ".scene", ".found")]
    assert tops == sorted(tops)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.view-learn :is(.choice, .turn, .play, .mark)')]
        .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
    )
    assert small == []
    text = page.locator(".view-learn").inner_text()
    for word in ("undefined", "view_learn", "null", "Bet", "year"):
        assert word not in text
    page.locator(".learn-page").last.scroll_into_view_if_needed()
    page.get_by_role("button", name="Словарь").click()
    page.locator(".seek").fill("номенклатура")
    assert page.locator(".entry:visible").count() >= 1


def test_a_constitution_meets_ten_futures_and_is_remembered(arrive: Arrive) -> None:
    visitor = arrive()
    page = learn(visitor, "&learn.page=constitution")
    page.get_by_role("button", name="Workers' democracy").click()
    page.locator("#own-openness").evaluate(
        "(slider) => { slider.value = 0.5;"
        " for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind)); }"
    )
    page.wait_for_function("location.search.includes('openness=0.5')")
    page.locator(".outcomes .play").click()
    page.wait_for_selector(".attempts tbody tr", timeout=240_000)
    expect(page.locator(".future-list li")).to_have_count(10)
    kept = page.locator(".future-list .kept").count()
    assert f"{kept} of 10" in page.locator(".futures .lesson").inner_text()
    assert f"{kept} of 10" in page.locator(".attempts tbody tr").inner_text()
    page.reload()
    page.wait_for_selector(".attempts tbody tr")
    assert page.locator("output[for=own-openness]").inner_text() == "50%"
    assert page.locator("#own-opposition").is_checked()


def test_the_other_pages_show_what_was_checked_and_what_cannot_be_told(arrive: Arrive) -> None:
    page = learn(arrive())
    page.get_by_role("button", name="How we know").click()
    page.wait_for_selector(".pattern-list li", timeout=120_000)
    expect(page.locator(".pattern-list").first.locator("li")).to_have_count(len(all_patterns()))
    page.get_by_role("button", name="What this model cannot tell you").click()
    assert page.locator(".entry").count() >= 8
