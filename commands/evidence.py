"""Commands that hold the model against what is known, and the claim against its rivals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .base import INTERRUPTED, Ensemble, Language, Processes, Seed

if TYPE_CHECKING:
    from ..experiments.evidence.ablation import Ablation
    from ..experiments.evidence.judge import Judgement

app = typer.Typer()

Quick = Annotated[bool, typer.Option("--quick", help="Few replicates: a first look.")]
Replicates = Annotated[int | None, typer.Option(min=2, help="Runs of every arm.")]
Keep = Annotated[Path, typer.Option("--out", metavar="DIR", help="Keep what is finished here.")]
Doc = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report (Markdown) here.")]
MECHANISMS = typer.Argument(help="Names such as hearsay; all if none is named.")
PATTERNS = typer.Argument(help="Ids such as P1 P8; all if none is named.")


@app.command()
def validate(
    ctx: typer.Context,
    patterns: Annotated[list[str] | None, PATTERNS] = None,
    quick: Quick = False,
    replicates: Replicates = None,
    ensemble: Ensemble = False,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Keep = Path("thermidor-validation"),
    doc: Doc = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JSON here.")] = None,
    lang: Language = "en",
) -> None:
    """Hold the model against what is known of real administrations, pattern by pattern."""
    from ..experiments import terminal
    from ..experiments.evidence import display, report
    from ..experiments.evidence import validate as suite
    from ..experiments.output import prepare_places
    from ..scenarios.ensemble import load_ensemble

    chosen = suite.chosen(patterns or [])
    ids = [pattern.id for pattern in chosen]
    behaviour = load_ensemble() if ensemble else None
    runs = _count("replicates", replicates, quick, suite.QUICK, suite.FULL)
    out = out / f"{'ensemble-' if ensemble else ''}{runs}-{seed}"  # none displaces another
    prepare_places(out, doc, json)
    console = terminal.open_console(lang)
    found: list[Judgement] = []

    def work(move: Any) -> None:
        for judgement in suite.validate(
            ids, runs, processes, behaviour, seed=seed, folder=out, progress=move
        ):
            found.append(judgement)

    ended = terminal.keep_going(work, lang)
    files, command = [], ctx.meta["command"]
    if found and not ended:  # a part is no report
        files += [report.write(doc, report.markdown(found, command))] if doc else []
        files += [report.write(json, report.as_json(found, command))] if json else []
    if found:
        console.print(display.judgements(found, lang))
    terminal.tell_files(files, lang)
    if ended:
        terminal.tell_kept(out, lang)
        raise typer.Exit(INTERRUPTED)


@app.command()
def ablate(
    ctx: typer.Context,
    mechanisms: Annotated[list[str] | None, MECHANISMS] = None,
    pattern: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only these patterns.")
    ] = None,
    quick: Quick = False,
    replicates: Replicates = None,
    processes: Processes = 1,
    out: Keep = Path("thermidor-ablation"),
    doc: Doc = None,
    lang: Language = "en",
) -> None:
    """Switch off one mechanism at a time and see which patterns go with it."""
    from ..experiments import terminal
    from ..experiments.evidence import ablation, display, report, report_ablation
    from ..experiments.evidence import validate as suite
    from ..experiments.output import prepare_places

    names = ablation.named(mechanisms or [])
    ids = [each.id for each in suite.chosen(pattern or [])]
    runs = _count("replicates", replicates, quick, suite.QUICK, ablation.REPLICATES)
    out = out / str(runs)  # none displaces another
    prepare_places(out, doc)
    console = terminal.open_console(lang)
    found: list[Ablation] = []

    def work(move: Any) -> None:
        for each in ablation.ablate(names, ids, runs, processes, folder=out, progress=move):
            found.append(each)

    ended = terminal.keep_going(work, lang)
    files = []
    if doc and len(found) > 1 and not ended:  # a part is no report
        files.append(report.write(doc, report_ablation.page(found, ctx.meta["command"])))
    if len(found) > 1:
        console.print(display.ablations(found, lang))
    terminal.tell_files(files, lang)
    if ended:
        terminal.tell_kept(out, lang)
        raise typer.Exit(INTERRUPTED)


@app.command()
def calibrate(
    ctx: typer.Context,
    draws: Annotated[int, typer.Option(min=8, help="Behaviours drawn.")] = 800,
    keep: Annotated[int, typer.Option(min=2, help="Members of the ensemble kept.")] = 48,
    replicates: Annotated[int, typer.Option(min=2, help="Runs of every arm.")] = 4,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Keep = Path("thermidor-calibration"),
    ensemble: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the ensemble (CSV) here.")
    ] = None,
    doc: Doc = None,
    lang: Language = "en",
) -> None:
    """Fit behaviour to the calibration patterns and write the ensemble of what fits."""
    from ..experiments import terminal
    from ..experiments.evidence import calibration, fit, report, settle
    from ..experiments.output import prepare_places
    from ..model.declaration import ParameterError

    if keep > draws:
        raise ParameterError(f"of {draws} draws no more than {draws} can be kept, not {keep}")
    table_file = ensemble or out / "ensemble.csv"
    kept = out / f"{draws}-{replicates}-{seed}"  # none displaces another
    prepare_places(kept, table_file, doc)
    console = terminal.open_console(lang)
    state, settled = fit.load_state(kept, draws, replicates, seed), None

    def say_tried(field: str, value: float) -> None:
        console.print(fit.tried(field, value, lang))

    def work(move: Any) -> None:
        nonlocal state, settled
        for so_far in calibration.calibrate(draws, replicates, processes, seed, state):
            state = so_far
            fit.save_state(kept, state, replicates, seed)
            console.print(fit.told(state, lang))
            move(len(state.draws), draws)
        if state:
            settled = settle.settle(state, replicates, processes, say_tried)

    ended = terminal.keep_going(work, lang)
    if state and settled and not ended:
        command = ctx.meta["command"]
        table = fit.ensemble_csv(fit.members(state, keep), command)
        files = [report.write(table_file, table)]
        if doc:
            files.append(report.write(doc, fit.report(state, settled, keep, replicates, command)))
        terminal.tell_files(files, lang)
    if ended:
        terminal.tell_kept(out, lang)
        raise typer.Exit(INTERRUPTED)


@app.command()
def claim(
    quick: Annotated[bool, typer.Option("--quick", help="Few points: a first look.")] = False,
    share: Annotated[
        float, typer.Option(min=0.05, max=1.0, help="Only this share of the points: less sure.")
    ] = 1.0,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Keep = Path("thermidor-claim"),
    doc: Doc = None,
    lang: Language = "en",
) -> None:
    """Put the claim to the test: the essay's package against its rivals over all behaviour."""
    from ..experiments import terminal
    from ..experiments.evidence import claim as study
    from ..experiments.evidence import display_claim, findings, report
    from ..experiments.evidence.summary import Summary, summarise
    from ..experiments.output import prepare_places
    from ..model.declaration import ParameterError

    console = terminal.open_console(lang)
    page = doc or out / "findings.md"
    if quick and share < 1.0:
        raise ParameterError("--quick and --share say two things; leave one of them out")
    size = study.QUICK if quick else study.FULL.share(share)
    kept = out / f"{'quick' if quick else f'full-{share:g}'}-{seed}"  # none displaces another
    prepare_places(kept, page)
    found: list[Summary] = []

    def work(move: Any) -> None:
        found.append(summarise(study.study(size, seed, processes, kept, move)))

    ended = terminal.keep_going(work, lang)
    if ended:
        terminal.tell_kept(kept, lang)
        raise typer.Exit(INTERRUPTED)
    for summary in found:
        terminal.show(console, display_claim.claim(summary, lang))
        text = findings.page(
            summary, _again("claim", quick=quick, share=share < 1.0 and share, seed=seed)
        )
        terminal.tell_files([report.write(page, text)], lang)


@app.command()
def screen(
    quick: Annotated[bool, typer.Option("--quick", help="Few trajectories: a first look.")] = False,
    trajectories: Annotated[
        int | None, typer.Option(min=2, help="How often every parameter takes a step.")
    ] = None,
    seed: Seed = 1,
    processes: Processes = 1,
    out: Keep = Path("thermidor-screening"),
    doc: Doc = None,
    lang: Language = "en",
) -> None:
    """Find the rules and behaviour that move nothing more than chance does (Morris)."""
    from ..experiments import terminal
    from ..experiments.evidence import display_screening, report, screening
    from ..experiments.output import prepare_places

    console = terminal.open_console(lang)
    count = _count("trajectories", trajectories, quick, screening.QUICK, screening.FULL)
    page, kept = doc or out / "screening.md", out / f"{count}-{seed}"
    prepare_places(kept, page)
    found: list[screening.Screened] = []

    def work(move: Any) -> None:
        found.extend(screening.screen(count, seed, processes, kept, move))

    ended = terminal.keep_going(work, lang)
    if ended:
        terminal.tell_kept(kept, lang)
        raise typer.Exit(INTERRUPTED)
    terminal.show(console, display_screening.screening(found, count, seed, lang))
    command = _again("screen", trajectories=count, seed=seed)
    text = display_screening.page(found, count, seed, command)
    terminal.tell_files([report.write(page, text)], lang)


def _count(option: str, asked: int | None, quick: bool, few: int, full: int) -> int:
    """Return how often to run: as asked, else few for a quick look, else the full number.

    Raises ParameterError where both are asked.
    """
    from ..model.declaration import ParameterError

    if asked and quick:
        raise ParameterError(f"--quick and --{option} say two things; leave one of them out")
    return asked or (few if quick else full)


def _again(command: str, **options: Any) -> str:
    """Return what to type for the same page again: all that it depends on, and nothing else.

    >>> _again("claim", quick=True, seed=1)
    'thermidor claim --quick --seed 1'
    """
    words = [
        f"--{name}" if value is True else f"--{name} {value}"
        for name, value in options.items()
        if value is not False
    ]
    return " ".join(["thermidor", command, *words])
