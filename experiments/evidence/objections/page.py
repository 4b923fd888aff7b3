"""docs/objections.md: what each objection claims, where it wins and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....texts import say
from ...identity import model_name
from . import all_objections
from .display import limits, name, share_words, small_percent
from .objection import Objection
from .readings import MONTHS, WINDOW
from .regions import AT_POINTS, NOWHERE, WINS, Found, Region

HEAD = """\
# Objections: where the essay's critics win

Written by `{command}`; model {model}. Change the experiments, not this page.

Fifteen objections have been made to the claim that this laboratory tests. Each is stated here as a
contrast that can come out either way: societies that differ only in what is objected to, with the
same people and the same chance events, {months} months each, measures averaged over the last
{window}. **An objection wins in a society where all of its claims hold.** The claims and their
margins were set down before any search.

Everything else was drawn at random: all of `Behaviour` and all rules that the contrast leaves open,
from their plausible ranges ([parameters.md](parameters.md)), even over the range. A cap on pay and
a threshold of recall are drawn as numbers whose highest values bind nobody; nobody's terms are
limited; rules stay as they are unless the contrast says otherwise. The search narrows the space in
stages (PRIM on a linear emulator of each claim), drops limits that do not matter, and then counts
wins among fresh societies: these are the shares below. After a change of the model a region known
from before is counted first, in other societies; where the objection still wins there, that is the
region (`--afresh` searches all the same). *Wins in a region* means that the 95 %
interval of the share of wins lies above one half; *wins at points only* that it won somewhere, but
that no box was found where it surely wins mostly: there the claim that holds it back is named. A
region is *a* place where an objection wins, not the only one. How far the search goes is a matter
of patience: a region of a millionth of the space says that the model can bring the objection about,
and where, not that it is likely; how often it wins in the whole space says that. Both depend on
ranges that are guesses. Claims are judged society by society, and luck alone moves what is taken
and needs met by more than most margins here ([findings.md](findings.md#how-to-read-the-figures)): a
claim of next to nothing is often missed by luck, one of little more often met by it.

`thermidor objection 5` lives through any of them before your eyes. Seeds of the
searches: {seeds}.

{counts}

| | objection | judgement | wins in its region | in the whole space | region's share of the space |
|---:|---|---|---:|---:|---:|
{rows}
"""
SECTION = """
## {number}. {name}

{says}

{note}

Societies compared: {arms}. Claims, each with the margin that counts and the share of the region's
societies that reach it:

{claims}

**{standing}**: {inside} of {points} fresh societies of the box, {whole} of the whole space,
{seen} of the {drawn} societies drawn while searching.{held_back}

{limits}
"""
HELD_BACK = " What holds it back most is the claim *{claim}*: true in {share} of that box."
LIMITED = "The region ({volume} of the space):\n\n{lines}"
UNLIMITED = "No limits were needed."


def page(found: Found, command: str) -> str:
    """Return the whole page as Markdown."""
    regions = found.valid
    head = HEAD.format(
        command=command,
        model=model_name(),
        months=MONTHS,
        window=WINDOW,
        seeds=", ".join(map(str, sorted({region.seed for region in regions.values()}))),
        counts=_counts(regions),
        rows="\n".join(_rows(regions)),
    )
    every = all_objections()
    return head + "".join(_section(every[k], region) for k, region in sorted(regions.items()))


def _counts(regions: Mapping[int, Region]) -> str:
    """Say how many objections win, in a region, at points, nowhere."""
    standings = [region.standing for region in regions.values()]
    parts = [f"{standings.count(WINS)} of {len(standings)} objections win in a region"]
    for standing, words in ((AT_POINTS, "only at points"), (NOWHERE, "nowhere that was looked")):
        which = [str(k) for k, region in regions.items() if region.standing == standing]
        if which:
            parts.append(f"{len(which)} {words} ({', '.join(which)})")
    return "; ".join(parts) + "."


def _rows(regions: Mapping[int, Region]) -> Iterator[str]:
    for number, region in sorted(regions.items()):
        cells = (
            str(number),
            f"[{name(number, 'en')}](#{_anchor(number)})",
            say(f"objections.{region.standing}"),
            share_words(region.inside, "en"),
            share_words(region.whole, "en"),
            small_percent(region.volume, "en"),
        )
        yield "| " + " | ".join(cells) + " |"


def _anchor(number: int) -> str:
    """Return the anchor that a Markdown heading gets."""
    heading = f"{number}. {name(number, 'en')}".lower()
    kept = "".join(sign for sign in heading if sign.isalnum() or sign in " -")
    return kept.replace(" ", "-")


def _held_back(region: Region) -> str:
    """Name the claim that holds least often in the region."""
    name_, share = min(region.claims.items(), key=lambda each: each[1])
    said = say(f"objections.{region.number}.claims.{name_}").rstrip(".")
    return HELD_BACK.format(claim=said, share=small_percent(share, "en"))


def _section(objection: Objection, region: Region) -> str:
    start = f"objections.{objection.number}"
    arms = [say(f"{start}.arms.{arm}") for arm in objection.arms]
    held = [
        f"- {say(f'{start}.claims.{claim.name}')} (at least {claim.by:g}: "
        f"{small_percent(region.claims[claim.name], 'en')})"
        for claim in objection.claims
    ]
    lines = "\n".join(f"- {line}" for line in limits(region.limits, "en"))
    volume = small_percent(region.volume, "en")
    return SECTION.format(
        number=objection.number,
        name=name(objection.number, "en"),
        says=say(f"{start}.says"),
        note=objection.note,
        arms=", ".join(arms),
        claims="\n".join(held),
        standing=say(f"objections.{region.standing}").capitalize(),
        inside=share_words(region.inside, "en"),
        points=region.inside.points,
        whole=share_words(region.whole, "en"),
        seen=region.seen.wins,
        drawn=region.seen.points,
        held_back="" if region.standing == WINS else _held_back(region),
        limits=LIMITED.format(volume=volume, lines=lines) if lines else UNLIMITED,
    )
