"""Explore as a visitor uses it: why somebody did what they did, and what can be taken along."""

import pytest
from browser.visitors import Arrive

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOLD = "document.querySelector('.explain h2').textContent.endsWith('month {}')"


def test_a_click_on_an_office_or_a_person_tells_why(arrive: Arrive) -> None:
    visitor = arrive().open("?scenario=nomenklatura")
    page = visitor.page
    visitor.go(30)
    box = page.locator(".society-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.56, box["y"] + 20)  # the centre, above all others
    page.wait_for_function(TOLD.format(30))
    assert page.locator(".explain h2").inner_text().startswith("Planner")
    assert page.locator(".explain h3").all_inner_texts() == [
        "What they knew",
        "What they compared",
        "What they did",
    ]
    visitor.go(31)
    page.wait_for_function(TOLD.format(31))
    page.get_by_role("button", name="The holder as a citizen").click()
    page.wait_for_function("document.querySelector('.explain h2').textContent.startsWith('Worker')")
    page.keyboard.press("Escape")
    assert not page.locator(".explain").is_visible()
    assert page.locator(".log").is_visible()


def test_why_is_told_by_keyboard_and_in_the_readers_language(arrive: Arrive) -> None:
    visitor = arrive().open("?scenario=nomenklatura&lang=ru")
    page = visitor.page
    visitor.go(12)
    page.locator(".society-frame").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.explain h3').length === 3")
    first = page.locator(".explain h2").inner_text()
    assert first.startswith("Плановик")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "first => ![first, ''].includes(document.querySelector('.explain h2').textContent)",
        arg=first,
    )
    page.locator("#explain-who").select_option("person")
    page.wait_for_function(
        "document.querySelector('.explain h2').textContent === 'Рабочий 1, месяц 12'"
    )
