"""Write what the evidence suite found: docs/validation.md, JSON, rows for a table."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ...texts import say
from ..identity import model_name
from ..output import write_file
from .judge import Checked, Judgement
from .split import CALIBRATION, IN_VIEW

TAKEN = "calibration"
KEPT = "test"
ROUNDING = 1e-12
HEAD = """# Validation: which patterns of real administrations the model shows

Written by `{command}`; model {model}. {replicates} replicates an arm; 95 % intervals by bootstrap
over replicates, which share their seeds between arms. The experiments stand in
`experiments/evidence/patterns/`; what a check demands was fixed from the publication before it was
run. Parameters were fitted to the calibration patterns only; the split stands in
`experiments/evidence/split.py` and is older than any fitting, but for P23, which came later and
whose study is the source of the mechanism that it judges (`foresight`), though not of its size.
Mechanisms are another matter: that test patterns were missed decided which were added (P1, P6, P11,
P14, P15, P19, P22; [repairs.md](repairs.md)), five patterns were in view when one that they judge
got its form or was taken out (P1, P7, P20, P21, P22; [decisions.md](decisions.md)), and four when a
fitted form of company was left out (P1, P14, P19, P20). So ten of the thirteen test patterns were
in view when some mechanism was added, shaped or left out; of the others P4 was given up when one
was taken out and P23 shares its study with one. They are no data held out, and no number was set by
them. Published figures are from the studies,
their abstracts or reviews; (m) marks what was written down from memory. A check is met where the
estimate lies in the range wanted, with *surely* where its whole interval does. A pattern is
*reproduced* where every check is met, *partly* where some are, *not* where none is.

{counts}

| pattern | | role | judgement | checks met |
|---|---|---|---|---|
{rows}
"""
SECTION = """
## {id}: {name}

{what}

- Varied: {varied}
- Held: {held}
- Published: {published} ({sources})
- Judgement: **{verdict}** ({role})

| check | wanted | found | 95 % interval | |
|---|---|---|---|---|
{rows}

{note}
"""


def role_of(pattern: str) -> str:
    """Return whether parameters were fitted to a pattern (calibration) or it only judges (test)."""
    return TAKEN if pattern in CALIBRATION else KEPT


def _seen(judgement: Judgement) -> str:
    seen = ", in view" if judgement.pattern.id in IN_VIEW else ""
    return role_of(judgement.pattern.id) + seen


def counts(judgements: Iterable[Judgement]) -> str:
    """Say how many patterns came out how, by role."""
    found = Counter((role_of(j.pattern.id), j.verdict) for j in judgements)
    parts = []
    for role in (TAKEN, KEPT):
        total = sum(n for (of, _), n in found.items() if of == role)
        words = [f"{found[role, v]} {v}" for v in ("reproduced", "partly", "not")]
        parts.append(f"{total} {role} patterns: {', '.join(words)}.")
    return " ".join(parts)


def markdown(judgements: Sequence[Judgement], command: str) -> str:
    """Return the whole report."""
    rows = [
        f"| [{j.pattern.id}](#{_anchor(j)}) | {_name(j)} | {_seen(j)} | {j.verdict} | {_met(j)} |"
        for j in judgements
    ]
    head = HEAD.format(
        command=command,
        model=model_name(),
        replicates=judgements[0].replicates,
        counts=counts(judgements),
        rows="\n".join(rows),
    )
    return head + "".join(_section(judgement) for judgement in judgements)


def _section(judgement: Judgement) -> str:
    pattern = judgement.pattern
    return SECTION.format(
        id=pattern.id,
        name=_name(judgement),
        what=say(f"evidence.{pattern.id}.what", "en"),
        varied=pattern.varied,
        held=pattern.held,
        published=pattern.published,
        sources=", ".join(pattern.sources),
        verdict=judgement.verdict,
        role=_seen(judgement),
        rows="\n".join(_check(each) for each in judgement.checked),
        note=pattern.note,
    )


def _check(each: Checked) -> str:
    e = each.estimate
    met = "met" if each.met else "missed"
    found = f"{number(e.value)} | {number(e.low)} to {number(e.high)}"
    return f"| {each.check.says} | {wanted(each)} | {found} | {met} |"


def wanted(each: Checked) -> str:
    """Say which range a check demands.

    >>> from .pattern import Check
    >>> from .judge import Estimate
    >>> wanted(Checked(Check("x", "", None, 0.0, True), Estimate(0, 0, 0), True))
    'below 0, surely'
    """
    low, high = each.check.low, each.check.high
    if low is None:
        words = f"below {number(high)}"
    elif high is None:
        words = f"above {number(low)}"
    else:
        words = f"{number(low)} to {number(high)}"
    return f"{words}, surely" if each.check.surely else words


def number(value: float | None) -> str:
    """Write a number with three significant digits; what is left by rounding is 0.

    >>> number(0.12345), number(float("nan")), number(-1e-15)
    ('0.123', 'none', '0')
    """
    if value is None or math.isnan(value):
        return "none"
    return f"{value:.3g}" if abs(value) > ROUNDING else "0"


def as_json(judgements: Iterable[Judgement], command: str) -> str:
    """Return everything a program may want to know."""
    return json.dumps({"command": command, "patterns": [_facts(j) for j in judgements]}, indent=1)


def _facts(judgement: Judgement) -> dict[str, Any]:
    checks = [
        {
            "statistic": each.check.statistic,
            "says": each.check.says,
            "low": each.check.low,
            "high": each.check.high,
            "surely": each.check.surely,
            "value": _finite(each.estimate.value),
            "interval": [_finite(each.estimate.low), _finite(each.estimate.high)],
            "met": each.met,
        }
        for each in judgement.checked
    ]
    return {
        "id": judgement.pattern.id,
        "role": role_of(judgement.pattern.id),
        "judgement": judgement.verdict,
        "replicates": judgement.replicates,
        "checks": checks,
    }


def write(path: Path, text: str) -> Path:
    """Write a text file, whole or not at all. Raises OutputError."""
    return write_file(path, lambda file: file.write(text.encode()))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _name(judgement: Judgement) -> str:
    return say(f"evidence.{judgement.pattern.id}.name", "en")


def _met(judgement: Judgement) -> str:
    return f"{sum(c.met for c in judgement.checked)} of {len(judgement.checked)}"


def _anchor(judgement: Judgement) -> str:
    words = f"{judgement.pattern.id} {_name(judgement)}".lower()
    return "".join(c for c in words.replace(" ", "-") if c.isalnum() or c in "-_")
