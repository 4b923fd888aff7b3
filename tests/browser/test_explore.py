"""Explore as a visitor uses it: why somebody did what they did, and what can be taken along."""

import shlex
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser.visitors import Arrive
from playwright.sync_api import expect
from typer.testing import CliRunner

from thermidor.cli import app
from thermidor.scenarios import load_scenario

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


def test_a_threshold_is_shaded_for_the_line_whose_button_is_pressed(arrive: Arrive) -> None:
    visitor = arrive().open("?scenario=nomenklatura")
    page = visitor.page
    visitor.go(36)
    button = page.get_by_role("button", name="Irremovability")
    assert "> 0.80" in button.inner_text()
    plain = visitor.picture(".chart-canvas")
    button.click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(200)
    assert button.get_attribute("aria-pressed") == "true"
    shaded = visitor.picture(".chart-canvas")
    assert shaded != plain
    assert "removals" in page.locator(".chart-canvas").get_attribute("aria-label")
    button.click()
    page.locator(".play").focus()
    page.wait_for_timeout(200)
    assert visitor.picture(".chart-canvas") == plain


def test_a_society_is_chosen_from_cards_and_a_rule_says_what_it_changes(arrive: Arrive) -> None:
    visitor = arrive().open()
    page = visitor.page
    page.get_by_role("button", name="Choose a society").click()
    page.wait_for_selector(".gallery[open]")
    expect(page.locator(".gallery-card")).to_have_count(19)
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


def test_what_is_downloaded_opens_in_pandas_and_is_what_the_command_computes(
    arrive: Arrive, tmp_path: Path
) -> None:
    query = "?scenario=soviet-1918&seed=4&openness=0.4&at=48:wage_cap=2"
    page = arrive(accept_downloads=True).open(query).page
    page.get_by_role("button", name="Save and share").click()
    page.wait_for_function("document.querySelector('#share-reproduce').value")
    line = page.locator("#share-reproduce").input_value()
    files = {}
    for kind in ("data", "picture", "file"):
        with page.expect_download() as download:
            page.locator(f"[data-take={kind}]").click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    shown = pd.read_csv(files["data"])
    assert shown["month"].tolist() == list(range(1, 133))
    out = tmp_path / "by-command"
    assert CliRunner().invoke(app, [*shlex.split(line)[1:-1], str(out)]).exit_code == 0
    computed = pd.read_csv(out / "history.csv", comment="#")
    ended = pd.read_csv(out / "runs.csv", comment="#")
    numbers = shown.columns.drop(["scenario", "regime"])
    assert set(numbers) == set(computed) - {"replicate"}
    np.testing.assert_allclose(shown[numbers], computed[numbers], rtol=1e-6, atol=1e-7)
    assert shown["regime"].iloc[-1] == ended["regime"][0]
    assert load_scenario(files["file"]).rules.openness == 0.4
    assert files["picture"].read_bytes()[:4] == b"\x89PNG"


def test_the_link_restores_the_page_where_copying_is_refused(arrive: Arrive) -> None:
    visitor = arrive().open("?scenario=nomenklatura")
    page = visitor.page
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    visitor.set_range("openness", 0.5)
    page.wait_for_function("location.search.includes('openness=0.5')")
    visitor.go(30)
    page.wait_for_function("location.search.includes('explore.month=30')")
    page.get_by_role("button", name="Save and share").click()
    page.locator("[data-copy=link]").click()
    page.wait_for_function("document.querySelector('.share-note').textContent.includes('Ctrl+C')")
    assert page.evaluate("document.activeElement.id") == "share-link"
    link = page.locator("#share-link").input_value()
    other = arrive().open(link.removeprefix(visitor.url))
    other.page.wait_for_function("document.querySelector('.month b').textContent === '30'")
    assert other.shown("openness") == "50%"


def test_everything_can_be_done_with_keys_alone(arrive: Arrive) -> None:
    page = arrive().open().page
    keys = page.keyboard
    tabs = "() => document.activeElement.id || document.activeElement.className"

    def reach(what: str, most: int = 60) -> None:
        for _ in range(most):
            if what in page.evaluate(tabs):
                return
            keys.press("Tab")
        raise AssertionError(f"{what} cannot be reached")

    reach("rule-recall_threshold")
    keys.press("ArrowRight")
    page.wait_for_function("location.search.includes('recall_threshold=0.31')")
    assert page.evaluate("document.activeElement.id") == "rule-recall_threshold"
    keys.press("ArrowRight")
    page.wait_for_function("location.search.includes('recall_threshold=0.32')")
    reach("play")
    keys.press("Enter")
    page.wait_for_function("Number(document.querySelector('.month b').textContent) >= 3")
    keys.press("Enter")
    reach("why")
    keys.press("Enter")
    reach("explain-who")
    keys.press("End")
    page.wait_for_function("document.querySelectorAll('.explain h3').length > 0")
    keys.press("Escape")
    for _ in range(120):
        keys.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.view") == "compare":
            break
    keys.press("Enter")
    page.wait_for_function("location.search.includes('view=compare')")
    reach("language")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'ru'")
