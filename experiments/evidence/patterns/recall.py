"""Recall and what goes with it: ballots, turnover, weariness, fear (P8 to P10, P13)."""

from __future__ import annotations

import math

import numpy as np

from ....agents.offices import DIRECTOR, PLANNER
from ....agents.people import Person
from ....model.recall import ACTING, AGAINST
from ....model.society import Society
from ..pattern import Arm, Check, Means, Pattern, last_means, ratio, relative
from .ground import BY_HAND, society

MANDATE = 48  # months

# --- P8: the funnel of recall --------------------------------------------------------------------


def offices_in_all(society: Society) -> dict[str, float]:
    """Return how many posts and seats may be recalled."""
    return {"offices": float(len(society.offices))}


FIRST_YEAR = 12  # months in which Peru admits no petition (law 26,300)


def _funnel_arms() -> dict[str, Arm]:
    designs: dict[str, tuple[float, bool, int]] = {
        "hard": (0.50, False, 0),
        "usual": (0.25, False, FIRST_YEAR),
        "gains": (0.25, True, FIRST_YEAR),
        "easy": (0.10, True, 0),
    }
    levers = ("recall_threshold", "runner_up_succeeds", "recall_pause_months")
    return {
        name: Arm(society(240, **dict(zip(levers, design, strict=True))), BY_HAND)
        for name, design in designs.items()
    }


def a_year(readings: Means, arm: str, step: str) -> float:
    """Return how often a year an office meets one step of the funnel.

    >>> a_year({"usual": {"offices": 24.0, "recalls_removed": 1.0}}, "usual", "recalls_removed")
    0.5
    """
    return 12.0 * ratio(readings[arm][step], readings[arm]["offices"])


def _funnel(m: Means) -> dict[str, float]:
    attempted, balloted, removed = (
        sum(a_year(m, arm, f"recalls_{step}") for arm in ("usual", "gains")) / 2.0
        for step in ("attempted", "balloted", "removed")
    )
    honest = {arm: a_year(m, arm, "recalls_of_honest") for arm in ("usual", "gains")}
    years = MANDATE / 12
    return {
        "attempts": attempted,
        "balloted": ratio(balloted, attempted),
        "removed": ratio(removed, balloted),
        "hard": years * a_year(m, "hard", "recalls_removed"),
        "easy": years * a_year(m, "easy", "recalls_balloted"),
        "honest": honest["gains"] - honest["usual"],
    }


P8 = Pattern(
    id="P8",
    sources=("spivak", "welp2016"),
    varied="signatures needed, 50, 25 or 10 % of an electorate; whether the loser of the last "
    "election takes the recalled one's place (at 25 and 10 %); at 25 % no petition in the first "
    "or the last year of a mandate",
    held="elected posts on mandates of four years, rare audits, books mostly closed and kept by "
    "hand",
    published="Peru 1997-2013: over 20,000 attempts (estimated), 5,303 ballots, 1,737 removed, "
    "among some 12,000 offices (m); USA: a quarter to a third of attempts reach the ballot, "
    "2011-23 1,187 ballots, 729 removed, among some 500,000 offices (m); Colombia: 134 attempts, "
    "33 ballots, nobody removed",
    arms=_funnel_arms,
    statistics=_funnel,
    checks=(
        Check("attempts", "attempts an office and year, at 25 %", 0.001, 0.12),
        Check("balloted", "share of these attempts that reach a ballot", 0.20, 0.33),
        Check("removed", "share of these ballots that remove", 0.30, 0.62),
        Check("hard", "hard design: removals an office and mandate", None, 0.02),
        Check("easy", "easy design: ballots an office and mandate", 0.5, None),
        Check("honest", "more of the honest go where losers gain", 0.0005, None, surely=True),
    ),
    note="How many attempts there are hangs on `initiative`, how many reach a ballot on "
    "`canvass`: at 0.25 instead of 0.3 fewer do than on record, and four in five of these "
    "ballots remove. Less hope among losers (`loser_hope`) brings attempts down and leaves "
    "too few ballots under the easy design. Most attempts are begun by losers of the last "
    "election, who learn from those that failed, but each new loser hopes anew; without "
    "those that officials begin (`intrigue`) nothing changes much. The law at 25 % is "
    "Peru's, which bars petitions in the first and in the last year of a mandate. A little "
    "more of the ballots remove than on record. That losers' voters sign and vote for their "
    "sake, more so where the loser succeeds, is a rule of the model; that it reaches the "
    "honest is not: at the `suspicion` that calibration chose hardly any of them go; at the "
    "0.15 that its source suggests more do, yet too few, and too many petitions reach a "
    "ballot (60 replicates each). Published attempts an office and year: about 0.1 in Peru, "
    "0.001 in the USA.",
    read=offices_in_all,
    window=180,
)


# --- P9: turnover --------------------------------------------------------------------------------

CHANGE = 72  # month in which offices are forced to change hands
REPLACED = 0.25  # share of directors that a change at the top carries with it
NEVER_AGAIN = 1e9  # terms served: beyond every limit


def change_hands(society: Society) -> None:
    """End this month the mandates of all heads and planners and of one director in four, for good.

    Directors are picked by `priority`, which was drawn at the founding and means nothing here.
    """
    offices = society.offices
    posts = slice(offices.posts)
    tier = offices["tier"][posts]
    directors = tier == DIRECTOR
    bar = np.quantile(offices["priority"][posts][directors], REPLACED)
    goes = ~directors & (tier <= PLANNER) | directors & (offices["priority"][posts] <= bar)
    offices["term_left"][posts][goes] = 0.0
    offices["terms"][posts][goes] = NEVER_AGAIN


def spread(output: np.ndarray, size: np.ndarray, sector: np.ndarray) -> float:
    """Return the sd over workplaces of output a head, relative to their sector's mean.

    `size` counts people: a norm that has followed what a workplace shows would hide what it is.

    >>> spread(np.array([1.0, 3.0]), np.array([1.0, 1.0]), np.array([0, 0]))
    0.5
    """
    yields = output / size
    means = np.bincount(sector, yields) / np.maximum(np.bincount(sector), 1)
    return float(np.std(yields / means[sector]))


def output_after(society: Society) -> dict[str, float]:
    """Return mean output in the first, second and fourth year after the change, and the spread."""
    sites = society.workplaces
    size = sites["stop"] - sites["start"]
    years = {"first": 1, "second": 2, "fourth": 4}
    found = {
        name: last_means(society, 12, CHANGE + 12 * year)["output"] for name, year in years.items()
    }
    return found | {"spread": spread(sites["output"], size, sites["sector"])}


def _turnover_arms() -> dict[str, Arm]:
    plain = society(CHANGE + 48)
    acts = ((CHANGE, change_hands),)
    return {"left_alone": Arm(plain, BY_HAND), "changed": Arm(plain, BY_HAND, acts)}


def _turnover(m: Means) -> dict[str, float]:
    sd = m["left_alone"]["spread"]
    lost = {
        year: ratio(relative(m["changed"][year], m["left_alone"][year]), sd)
        for year in ("first", "second", "fourth")
    }
    return {
        "effect": lost["first"],
        "lasts": lost["second"],
        "left": ratio(lost["fourth"], lost["first"]),
    }


P9 = Pattern(
    id="P9",
    sources=("akhtari2022",),
    varied="all heads and planners and one director in four leave in month 73, or nobody is made "
    "to leave",
    held="elected posts on mandates of four years, no recall, rare audits, books kept by hand",
    published="a new party in the town hall replaces a quarter more headmasters and lowers test "
    "scores by 0.05 to 0.08 sd of pupils; a draft of 2015 finds it still lower after three years",
    arms=_turnover_arms,
    statistics=_turnover,
    checks=(
        Check("effect", "output in the first year, sd between workplaces", -0.18, -0.05),
        Check("lasts", "still lower in the second year", None, -0.005, surely=True),
        Check("left", "share of it left in the fourth year", -0.5, 0.5),
    ),
    note="Directors without experience cost output by a parameter (competence_effect) that was "
    "set with this study in mind, heads and planners by another (branch_competence), a guess. "
    "Whom the change throws out had learnt to take, newcomers take less for some years, and people "
    "work a little better for it, which offsets part of what experience is worth. How much "
    "workplaces differ is a parameter (site_spread). The range is that of the study (sd of pupils) "
    "in sd between schools, if these are at least a fifth of the variance (m).",
    read=output_after,
)


# --- P10: frequent ballots -----------------------------------------------------------------------


def turnout(society: Society) -> dict[str, float]:
    """Return mean turnout of the last elections in which a holder stood again."""
    shares = society.offices["turnout"]
    held = shares > 0.0
    return {"turnout": float(shares[held].mean()) if held.any() else math.nan}


def _frequency_arms() -> dict[str, Arm]:
    return {
        "often": Arm(society(term_months=12), BY_HAND),
        "seldom": Arm(society(term_months=48), BY_HAND),
    }


def _frequency(m: Means) -> dict[str, float]:
    return {
        "turnout": m["often"]["turnout"] - m["seldom"]["turnout"],
        "participation": m["often"]["participation"] - m["seldom"]["participation"],
    }


P10 = Pattern(
    id="P10",
    sources=("kostelka2023",),
    varied="mandates of one year or of four",
    held="elected posts, no recall, rare audits, books mostly closed and kept by hand",
    published="frequent elections depress turnout, in the most important ones too (22 European "
    "democracies, 1939-2019)",
    arms=_frequency_arms,
    statistics=_frequency,
    checks=(
        Check("turnout", "turnout, yearly less four-yearly", None, -0.005, surely=True),
        Check("participation", "taking part in general is lower too", None, -0.005, surely=True),
    ),
    note="That every election tires is a parameter (fatigue_gain) with this study as its source: "
    "the sign is built in, not its persistence against decay. Only the abstract was read, which "
    "gives no size; so only signs are checked. Yearly mandates also lower what is "
    "taken, and with it the cause to come.",
    read=turnout,
)


# --- P13: visible signers ------------------------------------------------------------------------


def cost_of_signing(society: Society) -> dict[str, float]:
    """Live one month more; return what taking part cost in pay, and who would sign.

    `cost`: pay at the bench of those who took part over that of the others, minus one. `signs`: of
    all who wanted a holder removed, the share that took part.
    """
    stock = society.stock
    signs = ratio(float(stock[ACTING].sum()), float(stock[AGAINST].sum()))
    came = society.people["engaged"] > 0.0
    bench = (society.people["office"] < 0) & (society.people["owed"] == 0.0)
    society.run_for(1)
    people = society.people
    bench &= (people["office"] < 0) & (people["owed"] == 0.0)
    rate = people["pay"] / (people["bench"] * people.values[Person.NEED])
    cost = relative(float(rate[bench & came].mean()), float(rate[bench & ~came].mean()))
    return {"cost": cost, "signs": signs}


def _visible_arms() -> dict[str, Arm]:
    return {
        name: Arm(society(recall_threshold=0.2, participants_visible=visible), BY_HAND)
        for name, visible in (("secret", False), ("visible", True))
    }


def _visible(m: Means) -> dict[str, float]:
    return {
        "cost": m["visible"]["cost"] - m["secret"]["cost"],
        "signs": relative(m["visible"]["signs"], m["secret"]["signs"]),
        "participation": relative(m["visible"]["participation"], m["secret"]["participation"]),
    }


P13 = Pattern(
    id="P13",
    sources=("hsieh2011",),
    varied="whether officials can read who signed and voted",
    held="recall at 20 % of an electorate, elected posts on mandates of four years, rare audits, "
    "books mostly closed and kept by hand",
    published="signers of the petition of 2003 in Venezuela earned 4 to 5 % less once the list was "
    "out (5 in the abstract, 4 in an earlier version); that fewer sign is reported, not measured",
    arms=_visible_arms,
    statistics=_visible,
    checks=(
        Check("cost", "pay of those who take part, against others", -0.06, -0.03),
        Check("signs", "of those who want a removal, fewer sign", None, -0.005, surely=True),
        Check("participation", "fewer take part at all", None, -0.005, surely=True),
    ),
    note="Directors take `reprisal` times the share that they divert from the pay of all who took "
    "part in their workplace; as nobody diverts everything within reach, the parameter has to be "
    "several times the loss, and calibration set it so. That fear follows what was "
    "suffered is built in too; how many it keeps away is not. Where names are visible, superiors, "
    "and planners against delegates, may also begin petitions of their own.",
    read=cost_of_signing,
)
