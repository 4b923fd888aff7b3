"""A search as it is asked for and shown: faults in a sentence, figures, the whole command."""

import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from searches import SMALL, asked, made_up
from typer.testing import CliRunner, Result

from thermidor import cli, load_scenario
from thermidor.experiments.search import costs as prices
from thermidor.experiments.search import display, draw
from thermidor.experiments.search.study import search
from thermidor.model.declaration import ParameterError

# --- faults told in one sentence ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"goal": "cheap"}, "cheap is no goal; did you mean cheapest?"),
        ({"over": ("rules.opennes",)}, "did you mean rules.openness?"),
        ({"over": ("behaviour.greed",)}, "behaviour.greed is no lever of this search; "),
        ({"people": "ensembel"}, "did you mean ensemble?"),
        ({"holds": ("captur<0.1",)}, "did you mean capture?"),
        ({"holds": ("capture=0.1",)}, "needs a measure, one of >= <= > < and a number"),
        ({"holds": ("capture<1.2.3",)}, "1.2.3 is not a number"),
        ({"goal": "collapse", "holds": ("capture<0.1",)}, "takes no --holds"),
        ({"goal": "collapse", "costs": Path("mine.toml")}, "takes no --costs"),
        ({"costs": Path("/nowhere/mine.toml")}, "there is no file /nowhere/mine.toml"),
    ],
)
def test_what_cannot_be_searched_is_told_with_the_nearest_valid_choice(
    changes: dict[str, Any], hint: str
) -> None:
    with pytest.raises(ParameterError) as fault:
        search(asked(**changes))
    assert hint in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        (lambda text: text.replace("audits =", "audit ="), "did you mean audits?"),
        (lambda text: text.replace("audits = 10", "audits = -1"), "nearest valid value is 0"),
        (lambda text: text.replace("audits = 10", "audits = '1'"), "must be a number"),
        (lambda text: text.replace("audits = 10", "audits ="), "is not TOML"),
        (lambda text: text.replace("audits = 10", "# audits = 10"), "leaves out audits"),
    ],
)
def test_a_faulty_table_of_costs_is_told_in_one_sentence(
    edit: Callable[[str], str], hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(edit(prices.printed(prices.load_costs(), "en")))
    with pytest.raises(ParameterError, match=hint):
        prices.load_costs(path)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_printed_table_of_costs_can_be_read_back(language: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(prices.printed(prices.load_costs(), language), encoding="utf-8")
    assert prices.load_costs(path) == prices.load_costs()


# --- what is shown --------------------------------------------------------------------------------


def numbers_of(labels: Iterable[Text]) -> list[int]:
    """Return the numbers that labels such as 1 and 3-5 stand for."""
    ends = [[int(end) for end in label.get_text().split("\N{EN DASH}")] for label in labels]
    return [number for found in ends for number in range(found[0], found[-1] + 1)]


@pytest.mark.parametrize(
    ("points", "labels"),
    [
        ([(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)], ["1", "2", "3"]),
        ([(0.0, 0.0), (0.98, 1.0), (0.99, 1.0), (1.0, 1.0)], ["1", "2\N{EN DASH}4"]),
        ([(0.0, 0.0), (0.01, 0.0), (1.0, 1.0)], ["1\N{EN DASH}2", "3"]),
        ([(0.5, 0.5)], ["1"]),
        ([], []),
    ],
)
def test_points_that_lie_close_together_share_one_label(
    points: list[tuple[float, float]], labels: list[str]
) -> None:
    chart = Figure().add_subplot()
    chart.plot([0.0, 1.0], [0.0, 1.0])
    draw.number(chart, points)
    assert [text.get_text() for text in chart.texts] == labels


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("goal", ["cheapest", "collapse"])
def test_the_figure_names_its_command_and_colours_the_colour_blind_tell_apart(
    goal: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up(monkeypatch)
    findings = search(asked(goal=goal, trials=60, share=0.5))
    figure = draw.draw(findings, language, "thermidor search --goal $x")
    assert "thermidor search --goal" in figure.get_supxlabel()
    (chart,) = figure.axes
    used = {to_hex(line.get_color()).upper() for line in chart.get_lines()}
    assert used <= {"#0072B2", "#D55E00", "#009E73", "#E69F00", "#999999"}
    assert numbers_of(chart.texts) == list(range(1, len(findings.best) + 1))


@pytest.mark.parametrize("goal", ["cheapest", "collapse"])
def test_every_sentence_can_be_told_in_both_languages(
    goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up(monkeypatch)
    findings = search(asked(goal=goal, trials=60, share=0.5))
    assert len(list(display.told(findings, "en"))) == len(list(display.told(findings, "ru"))) >= 5
    nothing = replace(findings, answer=None)
    assert len(list(display.told(nothing, "ru"))) == 6


# --- the command, end to end ----------------------------------------------------------------------

TINY = [
    "--workers-count=60",
    "--months=24",
    *(f"--set=population.{name}={value}" for name, value in SMALL.items() if name != "workers"),
    "--people=uniform",
    "--trials=8",
    "--members=3",
    "--check=4",
]


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


def same_table(one: Path, other: Path) -> bool:
    tables = [pd.read_csv(path / "frontier.csv", comment="#") for path in (one, other)]
    return tables[0].equals(tables[1])


def test_a_search_from_end_to_end(tmp_path: Path) -> None:
    out = tmp_path / "found"
    words = ["search", "--goal=cheapest", "--share=0.1", *TINY, f"--out={out}"]
    result = command(*words, "--over=rules.openness", "--over=rules.council_power")
    assert result.exit_code == 0, result.output
    names = {path.name for path in out.iterdir()}
    assert {"frontier.csv", "trials.csv", "search.json", "frontier.png"} <= names
    told_ = json.loads((out / "search.json").read_text())
    assert told_["levers"] == ["rules.openness", "rules.council_power"]
    assert told_["command"].startswith("thermidor search --goal=cheapest")
    table = pd.read_csv(out / "frontier.csv", comment="#")
    assert len(pd.read_csv(out / "trials.csv", comment="#")) == 8
    first = out / "frontier-1.toml"
    row = table[table["place"] == 1].iloc[0]
    assert load_scenario(first).rules.openness == row["rules.openness"]
    assert tomllib.loads(first.read_text())["months"] == 24
    assert command("run", str(first)).exit_code == 0
    assert ("recommended.toml" in names) == (told_["recommended"] is not None)


def test_two_processes_find_what_one_does(tmp_path: Path) -> None:
    for count in (1, 2):
        words = [*TINY, "--goal=collapse", f"--processes={count}", f"--out={tmp_path / str(count)}"]
        assert command("search", *words).exit_code == 0
    assert same_table(tmp_path / "1", tmp_path / "2")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--goal=cheapst"], "did you mean cheapest?"),
        (["--over=openness"], "did you mean rules.openness?"),
        (["--base=workers-democracie"], "did you mean workers-democracy?"),
        (["--people=unifrom"], "did you mean uniform?"),
    ],
)
def test_a_slip_is_told_with_code_two_and_leaves_no_folder(
    words: list[str], hint: str, tmp_path: Path
) -> None:
    result = command("search", *words, f"--out={tmp_path / 'found'}")
    assert result.exit_code == 2
    assert hint in " ".join(result.output.split())
    assert not (tmp_path / "found").exists()


def test_costs_are_printed_to_be_edited() -> None:
    printed = command("search", "--print-costs")
    assert tomllib.loads(printed.output) == prices.load_costs()


def test_costs_are_not_printed_for_a_goal_that_does_not_exist() -> None:
    refused = command("search", "--print-costs", "--goal=cheapst")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "Error: cheapst is no goal; did you mean cheapest?\n"
