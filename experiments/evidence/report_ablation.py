"""Write docs/ablation.md: which checks need which mechanism, which mechanisms none needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...texts import say
from ..identity import model_name
from .ablation import CHANCE, Ablation, gained, lost, moved
from .judge import Checked
from .patterns import all_patterns
from .report import counts, number, wanted

PAGE = """# Ablation: which patterns need which mechanism

Written by `{command}`; model {model}. Every mechanism in turn is switched off (its
parameters set to where it does nothing, learning from fates to a tenth of its pace:
`experiments/evidence/ablation.py`) and the suite of [validation.md](validation.md){part} is run
again with the same seeds, {replicates} replicates an arm: fewer than there, so that what is met
here may differ from what is met there.

A check is *lost* if it is met with everything on and missed without the mechanism, *gained* the
other way round. Near the end of its range a check changes sides by chance: with nothing switched
off but another seed, {luck}. Therefore a check stands **in bold** only where
its interval without the mechanism has nothing in common with that of either run with everything on;
what is not in bold may be luck. With few replicates such an interval is little more than their
range, and there are thousands of comparisons: read bold, and *surely*, as *clearly*, not as 95 %.

With everything on: {counts}

## By mechanism

| without | checks lost | checks gained |
|---|---|---|
{rows}

Mechanisms without which no check is surely lost: {idle}.

Of these, without the following none is lost even by luck: {silent}. What speaks for keeping each
stands in [decisions.md](decisions.md#what-each-mechanism-is-for).

## By check: what it needs

Met with everything on. Without some mechanisms a statistic surely moves, but not out of its range.

| check | | with everything on | surely lost without | surely moved, still met | perhaps lost |
|---|---|---:|---|---|---|
{needs}

## Missed checks: what stands in their way

Missed with everything on. A mechanism stands in the way where the check is met without it; where
there is none, no single mechanism is to blame and something is lacking or of the wrong size.

| check | | wanted | with everything on | met without |
|---|---|---|---:|---|
{missed}
"""


def page(found: Sequence[Ablation], command: str) -> str:
    """Return docs/ablation.md; `found` begins with everything on."""
    whole, rest = found[0], found[1:]
    singles = _singles(found)
    kept = [each for each in singles if not _sure(lost(whole, each), moved(found, each))]
    silent = [each for each in singles if not lost(whole, each)]
    return PAGE.format(
        command=command,
        model=model_name(),
        replicates=whole.judgements[0].replicates,
        part=_left_out(whole),
        luck=_luck(whole, rest),
        counts=counts(whole.judgements),
        rows="\n".join(_row(found, each) for each in rest),
        idle=", ".join(map(name_of, kept)) or "none",
        silent=", ".join(map(name_of, silent)) or "none",
        needs="\n".join(_needs(found)),
        missed="\n".join(_missed(found)),
    )


def name_of(each: Ablation) -> str:
    """Return what a mechanism is called."""
    return say(f"evidence.mechanisms.{each.mechanism}", "en")


def changed(
    checks: Mapping[str, set[str]], surely: Mapping[str, set[str]] | None = None, mark: str = "**"
) -> str:
    """Write which checks of which patterns, those in `surely` between marks.

    >>> changed({"P1": {"both"}, "P2": {"whole", "middle"}}, {"P2": {"whole"}})
    'P1 both; P2 middle, **whole**'
    """

    def written(pattern: str, check: str) -> str:
        return f"{mark}{check}{mark}" if check in (surely or {}).get(pattern, ()) else check

    return "; ".join(
        f"{name} {', '.join(written(name, each) for each in sorted(which))}"
        for name, which in checks.items()
    )


def _singles(found: Sequence[Ablation]) -> list[Ablation]:
    return [each for each in found if each.mechanism not in (None, CHANCE)]


def _row(found: Sequence[Ablation], each: Ablation) -> str:
    whole = found[0]
    sure = moved(found, each)
    cells = (name_of(each), *(changed(f(whole, each), sure) for f in (lost, gained)))
    return f"| {' | '.join(cells)} |"


def _sure(checks: Mapping[str, set[str]], surely: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    return {
        (pattern, check)
        for pattern, which in checks.items()
        for check in which & surely.get(pattern, set())
    }


def _left_out(whole: Ablation) -> str:
    """Say which patterns were not run."""
    run = {judgement.pattern.id for judgement in whole.judgements}
    missing = [pattern.id for pattern in all_patterns() if pattern.id not in run]
    return f" (without {', '.join(missing)})" if missing else ""


def _luck(whole: Ablation, rest: Sequence[Ablation]) -> str:
    """Say how many checks change sides by another seed alone."""
    for each in rest:
        if each.mechanism == CHANCE:
            total = sum(len(j.checked) for j in whole.judgements)
            turned = [sum(map(len, f(whole, each).values())) for f in (lost, gained)]
            return f"{turned[0]} of {total} checks are lost and {turned[1]} gained"
    return "not run"


def _checks(whole: Ablation, met: bool) -> Iterator[tuple[str, Checked]]:
    """Yield the checks that are met, or missed, with everything on, by pattern."""
    for judgement in whole.judgements:
        yield from ((judgement.pattern.id, c) for c in judgement.checked if c.met == met)


def _needs(found: Sequence[Ablation]) -> Iterator[str]:
    whole, singles = found[0], _singles(found)
    gone = [(name_of(e), lost(whole, e), moved(found, e)) for e in singles]
    for pattern, c in _checks(whole, met=True):
        what = c.check.statistic
        losers = {name for name, which, _ in gone if what in which.get(pattern, ())}
        movers = [name for name, _, sure in gone if what in sure.get(pattern, ())]
        cells = (
            f"{pattern} {what}",
            c.check.says,
            number(c.estimate.value),
            ", ".join(name for name in movers if name in losers) or "nothing",
            ", ".join(name for name in movers if name not in losers),
            ", ".join(name for name, *_ in gone if name in losers and name not in movers),
        )
        yield f"| {' | '.join(cells)} |"


def _missed(found: Sequence[Ablation]) -> Iterator[str]:
    whole, singles = found[0], _singles(found)
    come = [(name_of(e), gained(whole, e), moved(found, e)) for e in singles]
    for pattern, c in _checks(whole, met=False):
        what = c.check.statistic
        without = [
            f"**{name}**" if what in sure.get(pattern, ()) else name
            for name, which, sure in come
            if what in which.get(pattern, ())
        ]
        yield (
            f"| {pattern} {what} | {c.check.says} | {wanted(c)} | {number(c.estimate.value)} "
            f"| {', '.join(without) or 'none'} |"
        )
