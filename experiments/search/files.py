"""What a search leaves in its folder: tables, figure, and scenarios that can be run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ... import texts
from ...model.scenario import Scenario
from ...scenarios import scenario_toml
from ...texts import say
from ..output import OutputError, Provenance, reason, write_file
from ..plots import save_figure
from ..wording import title
from .draw import draw
from .goals import Summary
from .kept import fingerprint
from .study import Findings, Found

SIGNIFICANT = 6  # digits in tables
RECOMMENDED = "recommended.toml"
SCENARIOS = re.compile(rf"frontier-[1-9][0-9]*\.toml|{re.escape(RECOMMENDED)}")


def write(findings: Findings, folder: Path, language: str, command: str) -> list[Path]:
    """Write frontier, trials, figure and scenarios; return their paths. Raises OutputError.

    Scenarios that an earlier search left and this one does not write anew are deleted.
    """
    asked = findings.request
    runs = asked.members + asked.check
    note = Provenance(asked.base.name, asked.base.hash(), asked.seed, runs, command).comment()
    scenarios = {
        folder / f"frontier-{place}.toml": found
        for place, found in enumerate(findings.best, start=1)
    }
    if findings.answer is not None:
        scenarios[folder / RECOMMENDED] = findings.answer
    _clear(folder, {path.name for path in scenarios})
    return [
        write_file(folder / "frontier.csv", _text(note + _csv(checked_table(findings)))),
        write_file(folder / "trials.csv", _text(note + _csv(trials_table(findings)))),
        write_file(folder / "search.json", _text(as_json(findings, command))),
        *(
            write_file(path, _text(scenario_toml(scenario_of(findings, found, path.stem, command))))
            for path, found in scenarios.items()
        ),
        save_figure(draw(findings, language, command), folder / "frontier.png"),
    ]


def _clear(folder: Path, kept: set[str]) -> None:
    """Delete an earlier search's scenarios, which would pass for answers of this one."""
    for path in list(folder.iterdir()):
        if SCENARIOS.fullmatch(path.name) and path.name not in kept and path.is_file():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"cannot delete {path}: {reason(error)}") from None


def scenario_of(findings: Findings, found: Found, name: str, command: str) -> Scenario:
    """Return a point as a scenario of its own, that says where it comes from."""
    goal, base = findings.goal.name, findings.request.base
    words = {
        language: {"base": title(base, language), "command": command}
        for language in texts.languages()
    }
    headings = {each: say(f"search.{goal}.title", each, **words[each]) for each in words}
    stories = {each: say("search.story", each, **words[each]) for each in words}
    changed = findings.space.scenario(found.point)
    none: Mapping[str, str] = {}
    return changed.replace(
        name=name, title=headings, story=stories, anchored_on=none, not_anchored_on=none
    )


def checked_table(findings: Findings) -> pd.DataFrame:
    """Return one row a point that met fresh societies: both estimates and its settings."""
    best = [found.point for found in findings.best]
    rows = [
        {
            "place": best.index(found.point) + 1 if found.point in best else "",
            "recommended": found is findings.answer,
            **_columns("searched", found.searched),
            **_columns("checked", found.checked),
            **{f"cost_{item}": cost for item, cost in found.checked.parts.items()},
            **_settings(findings, found.point),
        }
        for found in findings.checked
    ]
    return pd.DataFrame(rows)


def trials_table(findings: Findings) -> pd.DataFrame:
    """Return one row a trial, in the order they were made; `whole` is false for those given up."""
    rows = [
        {
            "trial": number,
            "whole": trial.whole,
            "across": trial.values[0],
            "up": findings.goal.sign * trial.values[1],
            **_settings(findings, trial.point),
        }
        for number, trial in enumerate(findings.trials, start=1)
    ]
    return pd.DataFrame(rows)


def as_json(findings: Findings, command: str) -> str:
    """Return all that was found, and what it was found with, as JSON."""
    asked = findings.request
    told = {
        "command": command,
        "goal": asked.goal,
        "base": f"{asked.base.name} {asked.base.hash()}",
        "model": fingerprint(),
        "people": asked.people,
        "share": asked.share,
        "holds": list(asked.holds) or ["controlled"],
        "costs": getattr(findings.goal, "costs", None),
        "seed": asked.seed,
        "trials": len(findings.trials),
        "members": asked.members,
        "check": asked.check,
        "levers": [lever.path for lever in findings.space.levers],
        "frontier": [_point(findings, found) for found in findings.best],
        "recommended": _point(findings, findings.answer),
        "marks": {key: _point(findings, found) for key, found in findings.marks.items()},
        "doubled": {item: _point(findings, found) for item, found in findings.doubled.items()},
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _point(findings: Findings, found: Found | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        **_columns("searched", found.searched),
        **_columns("checked", found.checked),
        "parts": dict(found.checked.parts),
        "changed": findings.space.changed(found.point),
    }


def _columns(prefix: str, summary: Summary) -> dict[str, Any]:
    low, high = summary.interval
    values = {"across": summary.across, "up": summary.up, "low": low, "high": high}
    counts = {"count": summary.count, "total": summary.total}
    return {f"{prefix}_{name}": value for name, value in {**values, **counts}.items()}


def _settings(findings: Findings, point: Any) -> dict[str, Any]:
    pairs = zip(findings.space.levers, point, strict=True)
    values = {lever.path: lever.values[k] for lever, k in pairs}
    return {path: "none" if value is None else value for path, value in values.items()}


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n", float_format=f"%.{SIGNIFICANT}g")


def _text(text: str) -> Callable[[Any], Any]:
    return lambda file: file.write(text.encode())
