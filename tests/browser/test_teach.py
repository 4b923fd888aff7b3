"""The view Teach: a pack is read, its societies opened, its sheets printed."""

import pytest
from browser.visitors import Arrive, Visitor
from playwright.sync_api import expect

from thermidor.dashboard.lessons.packs import find, key, names

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRINTED = """() => {
  window.print = () => {
    window.dispatchEvent(new Event("beforeprint"));
    const sheets = [...document.querySelectorAll(".view-teach .sheet")];
    const read = (sheet) => sheet.querySelector(".sheet-body").checkVisibility();
    window.printed = sheets.filter(read).map((one) => one.className.split("sheet-")[1]);
    window.dispatchEvent(new Event("afterprint"));
  };
}"""


def teach(visitor: Visitor, query: str = "") -> Visitor:
    visitor.page.goto(f"{visitor.url}?view=teach{query}")
    visitor.page.wait_for_selector(".view-teach .packs li, .view-teach .sheet")
    return visitor


def test_a_teacher_finds_a_pack_and_opens_one_of_its_societies(arrive: Arrive) -> None:
    visitor = teach(arrive())
    page = visitor.page
    expect(page.locator(".packs li")).to_have_count(len(names()))
    expect(page.locator(".place")).to_have_text(visitor.url)
    page.get_by_role("button", name="What can be left out?").click()
    page.wait_for_function("location.search.includes('teach.pack=workers-democracy')")
    expect(page.locator(".sheet")).to_have_count(5)
    assert page.evaluate("document.activeElement.textContent") == "What can be left out?"
    expect(page.locator(".sheet-key .answers").first).not_to_be_visible()
    page.get_by_text("Show the answer key").click()
    expect(page.locator(".sheet-key .answers").first).to_be_visible()

    state = page.locator(".sheet-work [data-search]").nth(1)
    wanted = find("workers-democracy").session("no_councils")
    state.get_by_role("button", name="Open this society").click()
    page.wait_for_selector(".view-explore .key li", timeout=240_000)
    page.wait_for_function("location.search.includes('at=60:council_power=0')")
    visitor.go(120)
    assert visitor.shown("council_power") == "0%"
    shown = page.locator(".series", has_text="Needs met").locator(".value").inner_text()
    found = key("workers-democracy")["states"]["no_councils"]
    value = found["values"]["needs_met"][found["months"].index(120)]
    assert shown == f"{value:.2f}", "the key says what a pupil reads on the page"
    assert wanted.search().split("&lang")[0] in page.evaluate("location.search")


def test_what_is_printed_has_no_key_unless_the_teacher_asks(arrive: Arrive) -> None:
    page = teach(arrive(), "&teach.pack=nomenklatura").page
    page.evaluate(PRINTED)
    page.emulate_media(media="print")
    page.locator(".pack-tools button").first.dispatch_event("click")
    assert page.evaluate("window.printed") == ["bets", "work", "numbers"]
    page.locator(".pack-tools button").last.dispatch_event("click")
    assert page.evaluate("window.printed") == ["plan", "key"]
    expect(page.locator(".sheet-key")).not_to_be_visible()  # as the browser's own menu would print
    expect(page.locator(".sheet-numbers summary")).not_to_be_visible()
    expect(page.locator(".view-teach details[open]")).to_have_count(0)
    expect(page.locator(".sheet-work .pack-button").first).not_to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.view-teach')).overflow") == (
        "visible"
    )


def test_a_lesson_in_russian_on_a_phone(arrive: Arrive) -> None:
    page = teach(arrive(360, 740, has_touch=True), "&lang=ru").page
    page.get_by_role("button", name="Одни и те же машины").click()
    page.wait_for_selector(".sheet-plan")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    text = page.locator(".view-teach").inner_text()
    assert "Ход урока" in text
    for word in ("undefined", "teach.", "Open", "Seed", "{"):
        assert word not in text.replace("?scenario=workers-democracy&seed=1", "")
    for button in page.locator(".view-teach button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 43.5
    page.get_by_role("button", name="Все уроки").click()
    page.wait_for_selector(".packs li")
    page.wait_for_function("!location.search.includes('teach.pack')")


def test_a_link_can_be_taken_where_there_is_no_clipboard(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    )
    page = teach(visitor, "&teach.pack=ogas-1962").page
    page.locator(".sheet-plan").get_by_role("button", name="Copy link").nth(2).click()
    link = page.locator(".sheet-plan input.link").input_value()
    assert link.startswith(visitor.url)
    visitor.page.goto(link)
    page.wait_for_selector(".view-explore .key li", timeout=240_000)
    assert visitor.shown("elected_posts") == "100%"


def test_a_pack_that_does_not_exist_leads_to_the_list_with_a_sentence(arrive: Arrive) -> None:
    page = teach(arrive(), "&teach.pack=nomenklatur").page
    expect(page.get_by_role("alert")).to_contain_text("did you mean nomenklatura?")
    expect(page.locator(".packs li")).to_have_count(len(names()))
