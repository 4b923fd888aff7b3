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


def test_a_society_is_chosen_from_cards_and_a_rule_says_what_it_changes(arrive: Arrive) -> None:
    visitor = arrive().open()
    page = visitor.page
    page.get_by_role("button", name="Choose a society").click()
    page.wait_for_selector(".gallery[open]")
    assert page.locator(".gallery-card").count() == 19
    assert "of 20" in page.locator("[data-scenario=nomenklatura] .gallery-end").inner_text()
    page.locator("[data-scenario=nomenklatura]").click()
    page.wait_for_function("location.search.includes('scenario=nomenklatura')")
    assert page.locator("#scenario").input_value() == "nomenklatura"
    page.get_by_role("button", name="Openness of accounts: what changes in practice").click()
    page.wait_for_selector("#rule-openness-practice .research li")
    assert "Dunning" in page.locator("#rule-openness-practice").inner_text()


def test_the_first_key_skips_to_the_content(arrive: Arrive) -> None:
    page = arrive().open().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stage"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.stage') !== null")


def test_the_choice_of_theme_survives_a_reload(arrive: Arrive) -> None:
    visitor = arrive(color_scheme="light").open()
    page = visitor.page
    colour = "getComputedStyle(document.querySelector('.thermidor')).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_role("button", name="Dark page").click()
    dark = page.evaluate(colour)
    assert dark != light
    page.reload()
    page.wait_for_selector(".thermidor .play")
    assert page.evaluate(colour) == dark


@pytest.mark.parametrize(
    ("width", "language"), [(360, "ru"), (390, "en"), (1280, "en"), (1280, "ru"), (1920, "ru")]
)
def test_question_and_caution_can_be_read_without_a_click(
    arrive: Arrive, width: int, language: str
) -> None:
    page = arrive(width, 800).open(f"?lang={language}").page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    boxes = [page.locator(one).bounding_box() for one in (".question", ".caution")]
    for box in boxes:
        assert box["width"] > 100
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] < 130
    for part in (".question", ".caution"):
        fits = "one => { const box = document.createRange(); box.selectNodeContents(one);"
        fits += " const text = box.getBoundingClientRect(), own = one.getBoundingClientRect();"
        fits += " return text.right <= own.right + 1 && text.left >= own.left - 1; }"
        assert page.locator(part).evaluate(fits)
