"""Mandates that cannot be renewed: who may stand again takes less (P23)."""

from __future__ import annotations

from ....agents.offices import Office, OfficeCode
from ....model.society import Society
from ..pattern import Arm, Check, Means, Pattern, ratio, relative
from .ground import BY_HAND, society

TERMS, MANDATE = 2, 48  # most consecutive mandates of a mayor in Brazil; months of one
STRICT = 0.5  # share of cases that end in a conviction within a year


def taken_by_term(society: Society) -> dict[str, float]:
    """Return what officials took, and could have, by whether they may stand again; in baskets."""
    offices, posts = society.offices, society.offices.posts
    values, codes = offices.values[:, :posts], offices.codes[:, :posts]
    held = codes[OfficeCode.HOLDER] >= 0
    last = values[Office.TERMS] >= TERMS
    return {
        f"{what}_{who}": float(values[row, held & group].sum())
        for what, row in (("taken", Office.TAKE), ("room", Office.ROOM))
        for who, group in (("first", ~last), ("last", last))
    }


def _arms() -> dict[str, Arm]:
    rules = {"usual": {}, "open": {"openness": 0.9}, "strict": {"courts": STRICT}}
    return {
        name: Arm(society(240, term_limit=TERMS, **changed), BY_HAND)
        for name, changed in rules.items()
    }


def _effect(readings: Means, arm: str) -> float:
    """Return by what share less is taken, of what is within reach, by who may stand again."""
    first, last = (
        ratio(readings[arm][f"taken_{who}"], readings[arm][f"room_{who}"])
        for who in ("first", "last")
    )
    return relative(first, last)


def _statistics(m: Means) -> dict[str, float]:
    usual = _effect(m, "usual")
    return {
        "effect": usual,
        "less_if_open": usual - _effect(m, "open"),
        "less_if_strict": usual - _effect(m, "strict"),
    }


P23 = Pattern(
    id="P23",
    sources=("ferraz_finan2011",),
    varied="officials in their first mandate, who may stand again, or in their second and last; "
    "books mostly closed or open, ordinary courts or strict ones",
    held="elected posts on mandates of four years, at most two in a row, no recall, rare audits, "
    "accounts kept by hand",
    published="mayors in Brazil who may be re-elected misappropriate 27 % less; the difference is "
    "larger where people have less access to information and judges punish less",
    arms=_arms,
    statistics=_statistics,
    checks=(
        Check("effect", "who may stand again takes less, -10 to -45 %", -0.45, -0.10),
        Check("less_if_open", "the difference is larger where books are closed", None, 0.0, True),
        Check("less_if_strict", "and where courts are lenient", None, 0.0, True),
    ),
    note="That who may not be confirmed reckons with the end is in the model, with this study as "
    "its source (`foresight`); by how much less the others take is not. Without it they "
    "take 11 % less all the same (400 replicates), so that the first check does not need "
    "it: who has come through a first mandate reckons with less risk of removal (1.7 "
    "instead of 2.0 % a month, 40 societies). Where books are open voters confirm the less "
    "greedy (0.38 on average in last mandates, 0.49 in first ones; 0.47 and 0.49 where "
    "books are closed), with foresight or without it, and that makes the difference "
    "smaller. Courts make none: they frighten both alike. The study reads mayors, the "
    "pattern posts of all tiers.",
    read=taken_by_term,
    looks=MANDATE,
)
