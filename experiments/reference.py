"""The reference of parameters and measures, written from their declarations and the texts.

`python -m thermidor.experiments.reference` writes docs/parameters.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..model.measures import Measure
from ..model.parameters import GROUPS
from ..model.scenario import Scenario
from ..model.verdict import Thresholds
from ..texts import has, say

PAGE = Path(__file__).parent.parent / "docs" / "parameters.md"

HEADING = """\
# Parameters and measures

This page is written by `python -m thermidor.experiments.reference` from the declarations in
[model/parameters.py](../model/parameters.py) and the texts in [texts/en](../texts/en); a
test keeps it current. Change those, not this page. What each number does in the model stands in the
[ODD](odd.md).

*Allowed* is what the program accepts; *plausible* is the range that sweeps draw from, left empty
where it is the same. `none` switches an institution off. Sources are keys of
[references.bib](references.bib): for the size, or only for what the number stands for
([decisions.md](decisions.md) says which sizes are guesses all the same); where there is none, it is
a guess of ours. The plausible range is the honest answer. Defaults and ranges are not estimates for
any country.
"""

COLUMNS = ("Parameter", "Default", "Allowed", "Plausible", "Unit", "Source", "Meaning")


def page() -> str:
    """Return the whole page as Markdown."""
    parts = [HEADING, *(_group(name) for name in GROUPS), _months(), _measures(), _thresholds()]
    return "\n".join(parts)


def _group(group: str) -> str:
    """Return one group of parameters as a section."""
    facts = GROUPS[group].describe()
    rows = [_row(group, name, about) for name, about in facts.items()]
    return _section(say(f"groups.{group}.label"), say(f"groups.{group}.plain"), COLUMNS, rows)


def _months() -> str:
    """Return the length of a run, which belongs to no group."""
    about = Scenario.describe()["months"]
    row = (
        "`months`",
        _value(about["default"]),
        _range(about["low"], about["high"]),
        "",
        str(about["unit"]),
        "",
        "How many months a run lasts.",
    )
    return _section("Length of a run", "", COLUMNS, [row])


def _row(group: str, name: str, about: dict[str, Any]) -> tuple[str, ...]:
    """Return one parameter as a row of the table."""
    plausible = _range(*about.get("sweep", (None, None)))
    same = plausible == _range(about["low"], about["high"])
    source = about.get("source", "")
    return (
        f"`{group}.{name}`",
        _value(about["default"]),
        _allowed(group, name, about),
        "" if same else plausible,
        about.get("unit", ""),
        f"[@{source}]" if source else "",
        f"**{say(f'{group}.{name}.label')}.** {say(f'{group}.{name}.plain')}",
    )


def _allowed(group: str, name: str, about: dict[str, Any]) -> str:
    """Return which values are accepted: a range, a list of words, or yes and no."""
    key = f"{group}.{name}.choices"
    if isinstance(about["default"], bool):
        return "true, false"
    if has(key):
        options = GROUPS[group].model_fields[name].annotation.__args__  # type: ignore[union-attr]
        return ", ".join(options)
    if about["low"] is None:
        return "text"
    return _range(about["low"], about["high"]) + (" or none" if about["optional"] else "")


def _measures() -> str:
    """Return the measures as a section."""
    rows = [
        (f"`{name}`", f"**{say(f'measures.{name}.label')}.** {say(f'measures.{name}.plain')}")
        for name in (measure.name.lower() for measure in Measure)
    ]
    lead = "One column of a history each, one row a month. The formulas stand in the [ODD](odd.md)."
    return _section("Measures", lead, ("Measure", "Meaning"), rows)


def _thresholds() -> str:
    """Return the thresholds of the verdict as a section."""
    rows = [(f"`{field.name}`", _value(field.default)) for field in fields(Thresholds)]
    lead = "Where the verdict counts an indicator as crossed, on trailing means of `months` months."
    return _section("Thresholds of the verdict", lead, ("Threshold", "Value"), rows)


def _section(title: str, lead: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a heading, a sentence and a table."""
    columns = tuple(columns)
    lines = [f"## {title}", ""]
    if lead:
        lines += [lead, ""]
    lines += [_line(columns), _line("---" for _ in columns)]
    lines += [_line(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _range(low: Any, high: Any) -> str:
    return "" if low is None else f"{_value(low)} to {_value(high)}"


def _value(value: Any) -> str:
    """Write a value as a scenario's file does.

    >>> _value(None), _value(True), _value(0.30), _value(2_000_000)
    ('none', 'true', '0.3', '2000000')
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e5 else str(int(value))
    return str(value)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(PAGE.parent.parent)}")


if __name__ == "__main__":
    main()
