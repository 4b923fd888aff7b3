"""Class packs: whole in both languages, fifty minutes long, and answered by what was computed."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from thermidor.cli import app
from thermidor.dashboard.lessons import packs, sheets
from thermidor.dashboard.lessons.answers import ANSWERED, answers
from thermidor.dashboard.lessons.facts import computed_key
from thermidor.dashboard.lessons.packs import KINDS, find, key, names, words
from thermidor.dashboard.lessons.sheets import PUPILS, SECTIONS, TEACHERS, section, summary
from thermidor.dashboard.lessons.words import TOLD, letters
from thermidor.dashboard.parts.teach import Teach
from thermidor.dashboard.session import Session
from thermidor.model.declaration import ParameterError
from thermidor.texts import has, languages

EVERY = pytest.mark.parametrize("name", names())
PHASES = ["question", "bets", "work", "chance", "objection", "debrief"]
TOP = {"title", "line", "question", "story", "before", "objection", "debrief"} | {
    "states",
    "phases",
    "tasks",
}
TAG = re.compile(r"<[^>]+>")
GRID = re.compile(r'<table class="grid.*?</table>', re.S)


def prose(tree: Any) -> list[str]:
    """Return all texts of a pack's language."""
    if isinstance(tree, str):
        return [tree]
    inner = tree.values() if isinstance(tree, dict) else tree
    return [text for entry in inner for text in prose(entry)]


def shape(tree: Any) -> Any:
    """Return the keys of nested texts, and how many stand in a list."""
    if isinstance(tree, dict):
        return {name: shape(entry) for name, entry in tree.items()}
    return len(tree) if isinstance(tree, list) else None


@EVERY
def test_a_pack_takes_fifty_minutes_and_asks_before_it_shows(name: str) -> None:
    pack = find(name)
    assert sum(pack.minutes.values()) == 50
    assert list(pack.minutes) == PHASES
    assert pack.tasks[0].bet
    assert any(not task.older for task in pack.tasks)
    assert 10 <= pack.age <= 18


@EVERY
def test_a_pack_is_whole_in_both_languages(name: str) -> None:
    pack = find(name)
    assert shape(words(name, "en")) == shape(words(name, "ru"))
    for language in languages():
        texts = words(name, language)
        assert texts.keys() == TOP
        assert list(texts["states"]) == list(pack.states)
        assert list(texts["phases"]) == PHASES
        assert list(texts["tasks"]) == [task.name for task in pack.tasks]
        for task in pack.tasks:
            assert texts["tasks"][task.name].keys() >= {"ask", "hint"}
            assert ("bet" in texts["tasks"][task.name]) == task.bet
        assert all(text.strip() for text in prose(texts))
    assert all(re.search("[а-яё]", text, re.I) for text in prose(words(name, "ru")))
    assert not any(re.search("[а-яё]", text, re.I) for text in prose(words(name, "en")))


@EVERY
def test_a_pack_gives_an_objection_a_hearing(name: str) -> None:
    pack = find(name)
    assert has(f"objections.{pack.objection}.says")
    assert pack.minutes["objection"] >= 5


@EVERY
def test_no_number_is_typed_into_a_pack(name: str) -> None:
    """Figures come from the key and the rules; only years may stand in a text."""
    for language in languages():
        for text in prose(words(name, language)):
            assert not re.search(r"\d", re.sub(r"\b1[89]\d\d\b", "", text)), text


@EVERY
def test_every_state_of_a_pack_opens(name: str) -> None:
    pack = find(name)
    assert set(pack.chances) <= set(pack.states)
    for state, search in pack.states.items():
        session = Session.from_search(search)
        assert session.complaint == "", state
        assert session.seed == 1, "the table of chance events starts with the state itself"
        assert session.scenario.months >= max(pack.months)
        reopened = Session.from_search(session.search())
        assert reopened.key.name() == session.key.name()


@EVERY
def test_the_key_is_what_the_states_come_to_today(name: str) -> None:
    """After a change of the model: thermidor teach keys."""
    assert key(name) == json.loads(json.dumps(computed_key(find(name))))


@EVERY
def test_the_answers_are_read_from_what_happened(name: str) -> None:
    pack, shipped = find(name), key(name)
    for task in pack.tasks:
        assert shipped["answers"][task.name] == json.loads(json.dumps(answers(task, shipped)))


@EVERY
def test_the_table_of_chance_events_starts_with_the_state_looked_at(name: str) -> None:
    pack, shipped = find(name), key(name)
    for state in pack.chances:
        first = shipped["chances"][state][0]
        assert first["seed"] == 1
        assert first["regime"] == shipped["states"][state]["regime"]


def numbers_in(entry: Any) -> set[str]:
    """Return every number of a key as sheets write it."""
    if isinstance(entry, dict):
        return set().union(*map(numbers_in, entry.values()))
    if isinstance(entry, list):
        return set().union(*map(numbers_in, entry), set())
    if isinstance(entry, float):
        return {f"{entry:.2f}", f"{entry:.3f}", f"{entry:g}", f"{100 * entry:g}"}
    return {str(int(entry))} if isinstance(entry, int) else set()


@EVERY
@pytest.mark.parametrize("language", languages())
def test_every_figure_on_the_key_and_the_sheet_of_numbers_was_computed(
    name: str, language: str
) -> None:
    pack = find(name)
    known = numbers_in(key(name)) | {str(pack.objection)} | set(map(str, pack.months))
    for sheet, table in (
        ("key", r'<ul class="answers.*?</ul>'),
        ("numbers", r"<tbody>.*?</tbody>"),
    ):
        html = section(pack, sheet, language)
        for part in re.findall(table, html, re.S):
            text = unescape(TAG.sub(" ", part)).replace(",", ".")
            found = set(re.findall(r"\d+(?:\.\d+)?", text))
            assert found, part
            assert found <= known | {number.rstrip("0").rstrip(".") for number in known}


@EVERY
def test_a_changed_key_changes_what_is_printed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = find(name)
    before = section(pack, "key", "en")
    altered = key(name)
    for task in pack.tasks:
        for entry in altered["answers"][task.name]:
            for what, value in {"regime": "restoration", "value": 0.987, "count": 98765}.items():
                if what in entry:
                    entry[what] = value
    monkeypatch.setattr(sheets, "key", lambda _: altered)
    assert section(pack, "key", "en") != before


@EVERY
@pytest.mark.parametrize("language", languages())
def test_pupils_sheets_do_not_give_the_answers_away(name: str, language: str) -> None:
    pack = find(name)
    for sheet in ("bets", "work"):
        html = section(pack, sheet, language)
        assert "answers" not in html
        for task in pack.tasks:
            assert words(name, language)["tasks"][task.name]["hint"] not in html
        cells = re.findall(r"<td[^>]*>(.*?)</td>", "".join(GRID.findall(html)), re.S)
        assert sheet == "bets" or cells
        assert not any(cell.strip() for cell in cells), "results belong to the sheet of numbers"
    assert set(PUPILS) | set(TEACHERS) == set(SECTIONS)
    assert not set(PUPILS) & set(TEACHERS)


def test_at_least_six_scenarios_have_a_pack_and_each_another_objection() -> None:
    found = [find(name) for name in names()]
    assert len(found) >= 6
    assert {"nomenklatura", "workers-democracy", "digital-dictatorship"} <= set(names())
    assert len({pack.objection for pack in found}) >= 6
    assert [pack.age for pack in found] == sorted(pack.age for pack in found)


def test_every_kind_of_question_can_be_answered_and_told() -> None:
    assert KINDS.keys() == ANSWERED.keys() == TOLD.keys()


def test_states_have_letters_in_their_order() -> None:
    pack = find("nomenklatura")
    assert list(letters(pack).values()) == list("ABCD")[: len(pack.states)]


def test_a_pack_that_names_no_month_for_its_value_is_refused() -> None:
    with pytest.raises(ParameterError, match="needs needs month"):
        packs._task("needs", {"kind": "value", "states": ["a"], "measure": "needs_met"})


def test_a_misspelt_pack_gets_the_nearest_name_and_exit_code_two() -> None:
    found = CliRunner().invoke(app, ["teach", "print", "nomenklatur", "--out", "lesson.html"])
    assert found.exit_code == 2
    assert "did you mean nomenklatura?" in found.stderr
    keys = CliRunner().invoke(app, ["teach", "keys", "soviet-1919"])
    assert keys.exit_code == 2
    assert "did you mean soviet-1918?" in keys.stderr
    wrong = CliRunner().invoke(app, ["teach", "list", "--lang", "eo"])
    assert wrong.exit_code == 2
    assert "en, ru" in wrong.stderr


@pytest.mark.parametrize("option", ["--lang", "--language"])
def test_the_sheets_are_printed_to_two_files_that_need_nothing_else(
    option: str, tmp_path: Path
) -> None:
    out = tmp_path / "lesson.html"
    command = ["teach", "print", "nomenklatura", option, "ru", "--out", str(out)]
    assert CliRunner().invoke(app, command).exit_code == 0
    pupils = out.read_text("utf-8")
    teachers = (tmp_path / "lesson-teacher.html").read_text("utf-8")
    assert '<html lang="ru">' in pupils
    for text in (pupils, teachers):
        assert not re.search(r"(?:src|href)=|@import|url\(", text)
    assert 'class="sheet sheet-key"' in teachers
    assert "sheet-key" not in pupils


def test_a_folder_that_does_not_exist_is_told_in_a_sentence(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "lesson.html"
    found = CliRunner().invoke(app, ["teach", "print", "nomenklatura", "--out", str(out)])
    assert found.exit_code == 2
    assert "Traceback" not in found.output


class Page:
    """Stands in for a visitor's page and keeps what it is sent."""

    def __init__(self, language: str) -> None:
        self.session = Session(language=language)
        self.sent: list[dict[str, Any]] = []

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)


def test_the_browser_asks_for_the_list_and_then_for_one_pack() -> None:
    page = Page("ru")
    teach = Teach(page)  # type: ignore[arg-type]
    teach.answer("list", {})
    assert [one["name"] for one in page.sent[0]["packs"]] == list(names())
    assert page.sent[0]["packs"][0] == summary(find(names()[0]), "ru")
    teach.answer("pack", {"name": "nomenklatura"})
    assert page.sent[1]["kind"] == "teach.pack"
    assert [sheet["name"] for sheet in page.sent[1]["sheets"]] == list(SECTIONS)
    with pytest.raises(ParameterError, match="did you mean nomenklatura"):
        teach.answer("pack", {"name": "nomenclatura"})
    with pytest.raises(ValueError, match="does not know"):
        teach.answer("homework", {})


def test_handing_out_sheets_does_not_load_the_compiled_model() -> None:
    code = (
        "import sys\n"
        "from thermidor.dashboard.lessons.sheets import section\n"
        "from thermidor.dashboard.lessons.packs import find\n"
        "section(find('nomenklatura'), 'key', 'en')\n"
        "assert 'numba' not in sys.modules and 'thermidor.model.society' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
