"""The report of a sweep: complete, honest about gaps, whole without a network, in two languages."""

import base64
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frames import grid, material
from typer.testing import CliRunner, Result

from thermidor import cli, load_scenario
from thermidor.experiments.analysis.choice import ANALYSES, Analysis, analyse, one_figure
from thermidor.experiments.analysis.draw_factors import draw_phase
from thermidor.experiments.analysis.draw_sensitivity import draw_sobol
from thermidor.experiments.analysis.finding import Question
from thermidor.experiments.analysis.material import Material
from thermidor.experiments.analysis.phase import Cells
from thermidor.experiments.analysis.report import (
    figure_command,
    left_out_words,
    signed,
    write_report,
)
from thermidor.experiments.sweeps.design import Design
from thermidor.experiments.sweeps.runner import sweep
from thermidor.model.declaration import ParameterError

LEVELS = {"rules.openness": [0.1, 0.5, 0.9], "rules.recall_threshold": [0.2, None]}
COMMAND = "thermidor analyse results/a"


def planted(point: pd.Series, stream: np.random.Generator, luck: float) -> float:
    """Take much where accounts are closed and nobody can be recalled."""
    closed = point["rules.openness"] < 0.3 and point["rules.recall_threshold"] is None
    return max(0.0, (0.08 if closed else 0.03) + 0.005 * luck + 0.005 * float(stream.normal()))


@pytest.fixture(scope="module")
def gridded() -> Material:
    return material(grid(LEVELS), planted, replicates=8)


@pytest.fixture(scope="module")
def found(gridded: Material) -> Analysis:
    return analyse(gridded, ["capture", "controlled"])


@pytest.fixture(scope="module")
def folder(gridded: Material, found: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report")
    write_report(gridded, found, "results/a", place, "en", COMMAND)
    return place


def test_the_page_asks_nothing_of_the_network(folder: Path) -> None:
    page = (folder / "report.html").read_text("utf-8")
    assert "http" not in page
    assert not re.search(r"<(script|link|iframe)\b|@import|url\(", page)
    sources = re.findall(r'\bsrc="([^"]*)"', page)
    assert len(sources) > 5
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    for source in sources:
        picture = base64.b64decode(source.partition(",")[2]).decode()
        assert not re.search(r'href="(?!#)', picture), "a picture refers to something outside"


def test_every_analysis_is_told_or_left_out_with_a_reason(found: Analysis) -> None:
    told = {finding.name for finding in found.findings}
    left = {left.name for left in found.left_out}
    assert told | left == set(ANALYSES)
    assert {"effects", "levels", "contrasts", "boxes", "phase", "events", "sufficiency"} <= told
    reasons = {left.name: left.reason for left in found.left_out}
    assert reasons["sobol"] == "it needs a design of kind saltelli, and this one is of kind grid"


def test_what_was_left_out_stands_in_the_page_with_its_reason(
    folder: Path, found: Analysis
) -> None:
    page = (folder / "report.html").read_text("utf-8")
    rows = left_out_words(found, "en")
    assert rows
    for name, _, reason in rows:
        assert name.replace("'", "&#39;") in page
        assert reason.replace("'", "&#39;") in page


def test_the_planted_corner_is_told_in_a_sentence_and_counted_right(
    gridded: Material, found: Analysis
) -> None:
    boxes = next(f for f in found.findings if f.name == "boxes" and f.outcome != "controlled")
    match = re.fullmatch(
        r"Bureaucratic degeneration in (\d+)% of runs where openness of accounts = 10% and "
        r"no recall; coverage ([\d.]+), density ([\d.]+)\.",
        boxes.sentences[0],
    )
    assert match, boxes.sentences[0]
    runs = gridded.runs
    corner = (runs["rules.openness"] == 0.1) & runs["rules.recall_threshold"].isna()
    gone = runs["regime"] == "bureaucratic_degeneration"
    assert float(match[3]) == pytest.approx(gone[corner].mean(), abs=0.005)
    assert float(match[2]) == pytest.approx((gone & corner).sum() / gone.sum(), abs=0.005)


def test_every_figure_carries_the_command_that_makes_it(found: Analysis) -> None:
    for finding in found.findings:
        if finding.draw is None:
            continue
        command = figure_command(finding, "results/a", "en")
        under = signed(finding, "results/a", "en").get_supxlabel().replace("\n", " ")
        assert under == f"Made by: {command}"
        assert f"--figure {finding.name} --measure {finding.outcome}" in command


def test_every_table_says_where_it_comes_from_and_reads_back(folder: Path, found: Analysis) -> None:
    for finding in found.findings:
        file = folder / "tables" / f"{finding.file}.csv"
        assert f"# command: {COMMAND}\n" in file.read_text("utf-8")
        table = pd.read_csv(file, comment="#")
        assert list(table.columns) == list(finding.table.columns)
        assert len(table) == len(finding.table)


def test_the_same_sweep_gives_the_same_report(
    gridded: Material, folder: Path, tmp_path: Path
) -> None:
    again = analyse(gridded, ["capture", "controlled"])
    for path in write_report(gridded, again, "results/a", tmp_path, "en", COMMAND):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_the_report_is_russian_where_asked(gridded: Material, tmp_path: Path) -> None:
    analysis = analyse(gridded, ["capture"], "ru")
    write_report(gridded, analysis, "results/a", tmp_path, "ru", COMMAND)
    page = re.sub(r"<style>.*?</style>|<code>.*?</code>|<[^>]*>", " ", _read(tmp_path), flags=re.S)
    assert "Бюрократическое перерождение — в 100\N{NO-BREAK SPACE}% прогонов" in page
    english = set(re.findall(r"\b[A-Za-z]{4,}\b", page))
    allowed = {"tables", "figures", "docs", "analysis", "saltelli", "morris", "grid", "PRIM"}
    assert not english - allowed


def _read(folder: Path) -> str:
    return (folder / "report.html").read_text("utf-8")


def test_a_regime_has_the_same_colour_in_every_map() -> None:
    across, up = Cells("rules.openness", (0.1, 0.5)), Cells("rules.wage_cap", (1.0,))
    maps = []
    for regimes in (["contested", "restoration"], ["restoration", "workers_democracy"]):
        table = pd.DataFrame({"x": [0, 1], "y": [0, 0], "regime": regimes, "share": [0.5, 1.0]})
        (chart,) = draw_phase(table, "regime", across, up, "a map", "en").axes
        maps.append(dict(zip(regimes, [p.get_facecolor() for p in chart.patches], strict=True)))
    assert maps[0]["restoration"] == maps[1]["restoration"]
    colours = maps[0] | maps[1]
    assert len(set(colours.values())) == len(colours) == 3


def test_no_index_lies_outside_its_figure() -> None:
    """First-order estimates may be larger than total ones where the sample is small."""
    bounds = {f"{kind}_{end}": [0.5] for kind in ("first", "total") for end in ("low", "high")}
    table = pd.DataFrame({"factor": ["rules.openness"], "first": [1.23], "total": [1.08], **bounds})
    (chart,) = draw_sobol(table, (0.1, 0.05, 0.2), "indices", "en").axes
    assert chart.get_xlim()[1] > 1.23


def test_a_figure_that_cannot_be_drawn_says_why(gridded: Material) -> None:
    with pytest.raises(ParameterError, match="it needs a design of kind morris"):
        one_figure(gridded, "morris", Question("capture"))
    with pytest.raises(ParameterError, match=r"no figure sobel; did you mean sobol\?"):
        one_figure(gridded, "sobel", Question("capture"))
    with pytest.raises(ParameterError, match=r"did you mean rules\.openness\?"):
        one_figure(gridded, "phase", Question("capture", x="rules.openess"))
    with pytest.raises(ParameterError, match="--x and --y go with"):
        one_figure(gridded, "levels", Question("capture", x="rules.openness"))


def test_an_outcome_that_never_varies_is_left_out_not_divided_by_zero() -> None:
    still = analyse(material(grid(LEVELS), lambda *_: 0.01, replicates=3), ["capture"])
    assert {finding.name for finding in still.findings} <= {"phase"}
    assert all(left.reason for left in still.left_out)


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small real sweep: 16 rows of a Saltelli sample, three factors, two seeds."""
    people = {"workers": 100, "workplace_size": 10, "workers_per_delegate": 20}
    design = Design(
        base=load_scenario("nomenklatura").replace(population=people),
        design="saltelli",
        samples=4,
        replicates=2,
        months=14,
        factors={
            "rules.openness": {"low": 0.0, "high": 1.0},
            "rules.recall_threshold": {"low": 0.05, "high": 0.6, "none": 0.3},
            "behaviour.greed": {"low": 0.1, "high": 0.9},
        },
    )
    place = tmp_path_factory.mktemp("sweep")
    sweep(design, place, processes=1)
    return place


def test_a_real_sweep_is_analysed_from_its_folder(swept: Path) -> None:
    answer = command("analyse", str(swept), "--measure", "capture")
    assert answer.exit_code == 0
    assert "Capture: " in answer.stdout
    names = {path.name for path in (swept / "analysis" / "tables").iterdir()}
    assert {f"{name}-capture.csv" for name in ("sobol", "pairs", "prcc", "scores")} <= names
    assert (swept / "analysis" / "figures" / "sobol-capture.pdf").stat().st_size > 1000
    page = (swept / "analysis" / "report.html").read_text("utf-8")
    assert "32 points of a design of kind saltelli, 2 runs at each" in page


def test_the_command_under_a_figure_makes_that_figure(swept: Path, tmp_path: Path) -> None:
    words = ["--figure", "phase", "--measure", "capture", "--x", "rules.openness"]
    answer = command("analyse", str(swept), "--out", str(tmp_path), *words)
    assert answer.exit_code == 0
    names = {path.name for path in (tmp_path / "figures").iterdir()}
    assert names == {"phase-capture.pdf", "phase-capture.png"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--measure", "captur"], "'captur' is no outcome; did you mean capture?"),
        (["--figure", "effects"], "needs every combination of the factors' levels"),
        (["--x", "rules.openness"], "--x and --y go with --figure phase"),
        (
            ["--figure", "phase", "--x", "rules.openness", "--y", "rules.openness"],
            "--x and --y are both rules.openness; a map needs two factors, e.g. --y",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(
    swept: Path, words: list[str], told: str
) -> None:
    answer = command("analyse", str(swept), *words)
    assert answer.exit_code == 2
    assert told in " ".join(answer.stderr.split())


def test_a_folder_without_a_sweep_is_told(tmp_path: Path) -> None:
    answer = command("analyse", str(tmp_path))
    assert answer.exit_code == 2
    assert "holds no sweep" in answer.stderr
