"""Write what a sweep shows: one page that needs no network, its figures and tables beside it."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...texts import has, say
from ..output import prepare_folder, write_file
from ..wording import number
from .choice import Analysis
from .drawing import records, sign
from .finding import Finding
from .material import Material
from .words import NONE_YET, factor_words, level_words, outcome_words, source_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS = 15  # of a table shown in the page; the file has them all
KINDS = ("pdf", "png")
TEMPLATE = "report.html.jinja"


def figure_command(finding: Finding, folder: str | Path, language: str) -> str:
    """Return the command that makes a finding's figure alone."""
    words = ["thermidor", "analyse", str(folder), "--figure", finding.name]
    words += ["--measure", finding.outcome, *finding.options]
    return shlex.join([*words, *(["--lang", language] if language != "en" else [])])


def signed(finding: Finding, folder: str | Path, language: str) -> Figure:
    """Return a finding's figure with the command that makes it written under it."""
    assert finding.draw is not None
    return sign(finding.draw(), figure_command(finding, folder, language), language)


def write_figure(figure: Figure, out: Path, name: str) -> list[Path]:
    """Write a figure as PDF and PNG and return the paths. Raises OutputError."""
    place = prepare_folder(out / "figures")
    return [write_file(place / f"{name}.{kind}", _saver(figure, kind)) for kind in KINDS]


def write_report(
    material: Material,
    analysis: Analysis,
    folder: str | Path,
    out: str | Path,
    language: str = "en",
    command: str = "",
) -> list[Path]:
    """Write `report.html`, `tables` and `figures` into a folder; return all paths, the page first.

    `folder` is the sweep's, as commands name it. Raises OutputError.
    """
    place = prepare_folder(out)
    tables = prepare_folder(place / "tables")
    written, pictures = [], {}
    for finding in analysis.findings:
        text = _csv(finding, material, command)
        written.append(write_file(tables / f"{finding.file}.csv", _writer(text)))
        if finding.draw is not None:
            figure = signed(finding, folder, language)
            written += write_figure(figure, place, finding.file)
            pictures[finding.file] = _embedded(figure)
    text = page(material, analysis, pictures, folder, language, command)
    return [write_file(place / "report.html", _writer(text)), *written]


def page(
    material: Material,
    analysis: Analysis,
    pictures: dict[str, str],
    folder: str | Path,
    language: str,
    command: str,
) -> str:
    """Return the page; `pictures` are addresses that hold the pictures themselves."""
    from jinja2 import Environment, StrictUndefined

    template = files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template).render(
        say=lambda key, **words: say(f"analysis.{key}", language, **words),
        language=language,
        caution=say("verdict.caution", language),
        material=material,
        partial=material.runs["point"].nunique() - len(material.points),
        factors=", ".join(factor_words(f, language) for f in material.factors),
        headlines=analysis.headlines(),
        sections=list(_sections(analysis, pictures, folder, language)),
        left_out=left_out_words(analysis, language),
        command=command,
    )


def left_out_words(analysis: Analysis, language: str) -> list[tuple[str, str, str]]:
    """Return what was not computed: analysis, outcomes (none named if all), reason."""
    together: dict[tuple[str, str], list[str]] = {}
    for left in analysis.left_out:
        together.setdefault((left.name, left.reason), []).append(left.outcome)
    computed = {finding.name for finding in analysis.findings}
    rows = []
    for (name, reason), outcomes in together.items():
        several = name in computed or len([k for k in together if k[0] == name]) > 1
        named = ", ".join(outcome_words(o, language) for o in outcomes) if several else ""
        rows.append((say(f"analysis.{name}.title", language), named, reason))
    return rows


def _sections(
    analysis: Analysis, pictures: dict[str, str], folder: str | Path, language: str
) -> Iterator[dict[str, Any]]:
    """Yield one section an outcome, with what its findings need to be shown."""
    for outcome in dict.fromkeys(finding.outcome for finding in analysis.findings):
        shown = [
            {
                "title": say(f"analysis.{finding.name}.title", language),
                "sentences": finding.sentences,
                "how": finding.how,
                "picture": pictures.get(finding.file),
                "command": figure_command(finding, folder, language),
                "table": _shown(finding, language),
                "more": max(0, len(finding.table) - ROWS),
                "file": f"tables/{finding.file}.csv",
            }
            for finding in analysis.findings
            if finding.outcome == outcome
        ]
        yield {"title": outcome_words(outcome, language), "findings": shown}


def _shown(finding: Finding, language: str) -> dict[str, list]:
    """Return a table as the page shows it: headings, and cells as texts."""
    table = finding.table.head(ROWS)
    heads = [
        say(f"analysis.columns.{name}", language) if has(f"analysis.columns.{name}") else name
        for name in map(str, table.columns)
    ]
    cells = [[_cell(row, name, language) for name in row] for row in records(table)]
    return {"heads": heads, "rows": cells}


def _cell(row: dict[str, Any], name: str, language: str) -> str:
    """Return a value in words: factors and levels by their names, numbers in three digits."""
    value = row[name]
    if name == "source":
        return source_words(value, language)
    if name == "regime":
        return outcome_words(value, language)
    if name == "factor" or (name in ("first", "second") and isinstance(value, str)):
        return factor_words(value, language) if value != "point" else str(value)
    if name in ("level", "reference"):
        known = row.get("factor") not in (None, "point")
        return level_words(row["factor"], value, language) if known else str(value)
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return NONE_YET
    return number(0.0 if abs(value) < 5e-10 else float(value), language, 3)


def _csv(finding: Finding, material: Material, command: str) -> str:
    """Return a table as CSV under comment lines that say where it comes from."""
    notes = {**material.facts, "outcome": finding.outcome, "command": command}
    lines = "".join(f"# {key}: {' '.join(text.split())}\n" for key, text in notes.items())
    buffer = StringIO(newline="")
    plain = finding.table.map(lambda value: "none" if value is None else value)
    plain.to_csv(buffer, index=False, lineterminator="\n")
    return lines + buffer.getvalue()


def _embedded(figure: Figure) -> str:
    """Return an address that holds a figure itself, as SVG with letters drawn."""
    buffer = BytesIO()
    _saver(figure, "svg")(buffer)
    return f"data:image/svg+xml;base64,{b64encode(buffer.getvalue()).decode()}"


def _saver(figure: Figure, kind: str) -> Any:
    """Return what saves a figure to a file, the same bytes for the same figure."""
    import matplotlib

    dateless = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {}}[kind]

    def save(file: Any) -> None:
        with matplotlib.rc_context({"svg.hashsalt": "thermidor"}):
            figure.savefig(file, format=kind, dpi=200, metadata=dateless)

    return save


def _writer(text: str) -> Any:
    return lambda file: file.write(text.encode())
