"""What `thermidor analyse` does: read a sweep, analyse it, write, say what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ...model.declaration import ParameterError
from ...texts import say
from .. import terminal
from ..output import prepare_folder
from .choice import OF_A_REGIME, analyse, main_regime, one_figure
from .finding import Question
from .loading import check_measures, load_material, usual_outcomes
from .material import CONTROLLED, Material
from .phase import REGIME
from .report import signed, write_figure, write_report


@dataclass(frozen=True)
class Request:
    """What is asked for: a sweep, where to write, which measures; a figure alone, over factors."""

    folder: Path
    out: Path | None = None
    measures: tuple[str, ...] = ()
    figure: str | None = None
    x: str | None = None
    y: str | None = None


def carry_out(console: Console, request: Request, language: str, command: str) -> None:
    """Write a report or a single figure and tell what it says.

    Raises ParameterError, ExperimentError and OutputError.
    """
    if request.figure is None and (request.x or request.y):
        raise ParameterError(say("analysis.only_with", language))
    material = load_material(request.folder, language)
    out = prepare_folder(request.out or request.folder / "analysis")
    if request.figure is not None:
        written = _figure(console, material, request, out, language)
    else:
        written = _report(console, material, request, out, language, command)
    terminal.tell_files(written, language)


def _report(
    console: Console, material: Material, request: Request, out: Path, language: str, command: str
) -> list[Path]:
    """Write everything and return the path of the page."""
    measures = list(request.measures) or usual_outcomes(material)
    outcomes = check_measures(material, measures, language)
    working = say("analysis.working", language, runs=len(material.runs))
    with Console(stderr=True).status(working):
        analysis = analyse(material, outcomes, language)
        page, *_ = write_report(material, analysis, request.folder, out, language, command)
    for sentence in analysis.headlines():
        console.print(f"- {sentence}")
    console.print(say("verdict.caution", language), style="dim")
    return [page]


def _figure(
    console: Console, material: Material, request: Request, out: Path, language: str
) -> list[Path]:
    """Write one figure and return its paths."""
    if len(request.measures) > 1:
        raise ParameterError(say("analysis.one_measure", language))
    name = str(request.figure)
    usual = main_regime(material) if name in OF_A_REGIME else usual_outcomes(material)[0]
    outcome = request.measures[0] if request.measures else usual or CONTROLLED
    if (name, outcome) != ("phase", REGIME):
        check_measures(material, [outcome], language)
    finding = one_figure(material, name, Question(outcome, language, request.x, request.y))
    terminal.show(console, finding.sentences)
    figure = signed(finding, request.folder, language)
    return write_figure(figure, out, finding.file)
