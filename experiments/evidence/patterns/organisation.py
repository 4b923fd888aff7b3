"""Size, being asked, appointment and councils: what organisation does (P11, P12, P14, P22)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from ....model.scenario import Scenario
from ....model.society import Society
from ....scenarios import load_scenario
from ..pattern import Arm, Check, Means, Pattern, relative, yearly
from .ground import BY_HAND, WORKERS, society


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return by how much values rise with every tenfold size (least squares).

    >>> round(slope((10, 100, 1000), (0.0, 0.5, 1.0)), 6)
    0.5
    """
    return float(np.polyfit(np.log10(sizes), values, 1)[0])


# --- P11: oligarchy and size ---------------------------------------------------------------------

SIZES = (120, 600, 3000)
SMALL, LARGE = SIZES[0], SIZES[-1]
LONG = 120  # months of each run that are read: few offices in a small society


ONE_GOOD = {"table": "generated:1:1"}  # else small societies have a head and a director a good


def _members(workers: int, pay_cap: float | None, opposition: bool) -> Arm:
    """Return an association whose books are open and whose officers can be recalled."""
    members = society(
        workers=workers,
        openness=0.9,
        recall_threshold=0.3,
        wage_cap=pay_cap,
        opposition=opposition,
    )
    return Arm(members.replace(economy=ONE_GOOD), BY_HAND)


def _size_arms() -> dict[str, Arm]:
    return {
        **{f"equal_{size}": _members(size, 1.0, False) for size in SIZES},
        f"opposed_{SMALL}": _members(SMALL, 1.0, True),
        f"opposed_{LARGE}": _members(LARGE, 1.0, True),
        f"paid_{LARGE}": _members(LARGE, None, False),
        f"opposed_paid_{LARGE}": _members(LARGE, None, True),
    }


def _oligarchy(m: Means) -> dict[str, float]:
    def grows(measure: str) -> float:
        return slope(SIZES, [m[f"equal_{size}"][measure] for size in SIZES])

    def firm(arm: str, size: int = LARGE) -> float:
        return m[f"{arm}_{size}"]["irremovability"]

    return {
        "irremovability": grows("irremovability"),
        "entrenchment": grows("entrenchment"),
        "concentration": -grows("power_concentration"),
        "opposition": firm("opposed") - firm("equal"),
        "opposition_flattens": (firm("opposed") - firm("opposed", SMALL))
        - (firm("equal") - firm("equal", SMALL)),
        "equal_pay": firm("equal") - firm("paid"),
        "both": firm("opposed") - firm("paid"),
    }


P11 = Pattern(
    id="P11",
    sources=("shaw_hill2014", "lipset1956"),
    varied="120, 600 and 3000 people without rival lists, 120 and 3000 with them; "
    "at 3000 also posts paid by rank",
    held="elected and recallable holders, open books, a cap of one mean wage unless said otherwise",
    published="oligarchy grows with size in 683 wikis, where nobody is paid: fewer new "
    "administrators, more done by administrators; a union with a standing opposition and small "
    "differences of pay escaped it",
    arms=_size_arms,
    statistics=_oligarchy,
    checks=(
        Check("irremovability", "the greedy stay more surely, a tenfold", 0.0, None, surely=True),
        Check("entrenchment", "holders stay longer, a tenfold", 0.0, None, surely=True),
        Check("concentration", "a smaller share decides, a tenfold", 0.0, None, surely=True),
        Check("opposition", "rival lists: the greedy stay less", None, 0.0, surely=True),
        Check("opposition_flattens", "rival lists: size matters less", None, 0.0, surely=True),
        Check("equal_pay", "equal pay: the greedy stay less", None, 0.0, surely=True),
        Check("both", "both: the greedy stay less", None, 0.0, surely=True),
    ),
    note="Size costs everybody the same log odds of taking part (`scale_cost`), but a recall or an"
    " election goes by shares of those who come, so few can remove as surely as many. "
    "Challengers are less known in large electorates (`obscurity`), but beyond some three "
    "hundred people only the planners' electorate grows with the body, so that this adds next"
    " to nothing, and rival lists work nearly alike in small bodies and large (that check and the "
    "first are met by little). Against the law works that in the smallest body less passes through "
    "the hands of heads and planners: they take less, and fewer want them gone. Equal pay works "
    "the wrong way: nothing is lost with the post, so nearly all take much and the greediest "
    "hardly differ from the rest, while where pay goes by rank most take little and who takes"
    " much has to go. Where the share that decides falls, it falls between 120 people and "
    "600, because so few offices have hardly anybody to share with; one good is made, since "
    "in a table of six a small society is nearly all posts.",
    window=LONG,
)


# --- P12: being asked ----------------------------------------------------------------------------


def _asking_arms() -> dict[str, Arm]:
    told = society(openness=0.9, council_power=0.05)
    asked = society(openness=0.9, council_power=0.8)
    unmoved = {**BY_HAND, "legitimacy_premium": 0.0}
    return {
        "told": Arm(told, BY_HAND),
        "asked": Arm(asked, BY_HAND),
        "told_unmoved": Arm(told, unmoved),
        "asked_unmoved": Arm(asked, unmoved),
    }


def _asking(m: Means) -> dict[str, float]:
    def gain(measure: str, kind: str = "") -> float:
        return m[f"asked{kind}"][measure] - m[f"told{kind}"][measure]

    return {
        "legitimacy": gain("legitimacy"),
        "trust": gain("trust"),
        "effort": gain("effort"),
        "plan": gain("plan_fidelity"),
        "effort_unmoved": gain("effort", "_unmoved"),
    }


P12 = Pattern(
    id="P12",
    sources=("olken2010", "dalbo_foster_putterman2010"),
    varied="the council's share of decisions, 0.05 or 0.8; the premium of consent, as the suite "
    "has it or none",
    held="books open to everybody, elected posts on mandates of four years, no recall",
    published="direct votes in 49 villages: much more satisfaction and readiness to contribute, "
    "projects much the same; a rule that was voted for is kept better than the same rule imposed",
    arms=_asking_arms,
    statistics=_asking,
    checks=(
        Check("legitimacy", "people consent more", 0.0, None, surely=True),
        Check("trust", "people trust more", 0.0, None, surely=True),
        Check("effort", "people work harder", 0.0, None, surely=True),
        Check("plan", "the plan's fit to needs moves by at most two points", -0.02, 0.02),
        Check("effort_unmoved", "without a premium effort moves by at most 0.005", -0.005, 0.005),
    ),
    note="That voice follows the council's share and that legitimacy is half voice is in the model "
    "by construction, and so is a premium of consent on effort. Trust is not: it moves only "
    "as holders are believed to take less or needs are met better. The council's share is "
    "also power: delegates have the room that goes with deciding, take part of it and are "
    "believed to, and directors take a little more; that makes up for what heads and planners "
    "no longer take, so that trust hardly moves. The studies change only who is asked. What "
    "effort does without the premium is work on the side, which follows shortage.",
)


# --- P14: appointment in technical posts ---------------------------------------------------------


def _appointing_arms() -> dict[str, Arm]:
    audits = yearly(0.5)
    return {
        "elected": Arm(society(elected_posts=1.0, audit_rate=audits), BY_HAND),
        "appointed": Arm(society(elected_posts=0.0, audit_rate=audits), BY_HAND),
    }


def _appointing(m: Means) -> dict[str, float]:
    elected, appointed = m["elected"], m["appointed"]
    return {
        "competence": appointed["competence"] - elected["competence"],
        "cost": relative(1.0 - appointed["competence"], 1.0 - elected["competence"]),
        "output": relative(appointed["output"], elected["output"]),
    }


P14 = Pattern(
    id="P14",
    sources=("whalley2013",),
    varied="all posts elected, or all appointed from above",
    held="books audited every second year on average, fines, paying back, ordinary courts, "
    "mandates of four years, no recall; superiors prize loyalty as far as the suite has it",
    published="appointed city treasurers borrow 13-23 % more cheaply (working paper), "
    "19-31 % (journal)",
    arms=_appointing_arms,
    statistics=_appointing,
    checks=(
        Check("competence", "appointed holders are abler", 0.0, None, surely=True),
        Check("cost", "what is lost for want of competence changes by", -0.31, -0.13),
        Check("output", "output is higher", 0.0, None, surely=True),
    ),
    note="Appointed holders are abler mostly by experience and less by skill, which makes them "
    "better by little: competence is half skill and half what office teaches, the same for "
    "everybody, and the nearest thing to the cost of borrowing is what is lost for want of it. "
    "Audits are frequent in both arms and holders are dismissed equally fast, elected ones by the "
    "council, appointed ones by superiors, so that experience is lost in both; without audits "
    "appointed holders stay longer and this check is met. Whether superiors prize loyalty, "
    "whether auditors take errors for theft and how well challengers are known makes next to no "
    "difference to it. Treasurers are experts whose skill is made elsewhere; here no post is more "
    "technical than another.",
)


# --- P22: councils with a share of the budget ----------------------------------------------------

TOWN, CITY, PORTO_ALEGRE = 1000, 20_000, 1_300_000  # people
CALM = {"severity": 0.0}
TERM = 48  # months of a mandate, over which spending and attendance are read


def council_at_end(society: Society) -> dict[str, float]:
    """Return the share of decisions that the rules in force leave to the council."""
    return {"council_power": society.rules.council_power}


def attendance_at(people: float, seen: Mapping[int, float]) -> float:
    """Return attendance (share) at a size, its log odds running straight on in log size.

    >>> round(attendance_at(10_000, {100: 0.5, 1000: 0.2}), 4)
    0.0588
    """
    odds = [math.log(share / (1.0 - share)) for share in seen.values()]
    line = np.polyfit(np.log10(list(seen)), odds, 1)
    return float(1.0 / (1.0 + np.exp(-np.polyval(line, np.log10(people)))))


def _budget(workers: int = WORKERS, **changes: object) -> Scenario:
    return load_scenario("porto-alegre").replace(population={"workers": workers}, **changes)


def _council_arms() -> dict[str, Arm]:
    fixed = {"amendable": False}
    short = {"months": TERM + 12, "shocks": CALM, "rules": fixed}
    scenarios = {
        "council": _budget(months=150, shocks=CALM, rules=fixed),
        "none": _budget(months=150, shocks=CALM, rules={**fixed, "council_power": 0.0}),
        "town": _budget(TOWN, **short),
        "city": _budget(CITY, **short),
        "lean": _budget(),
        "fat": _budget(shocks=CALM),
    }
    return {name: Arm(scenario, BY_HAND) for name, scenario in scenarios.items()}


def _councils(m: Means) -> dict[str, float]:
    came = {TOWN: m["town"]["attendance"], CITY: m["city"]["attendance"]}
    known = all(0.0 < share < 1.0 for share in came.values())
    return {
        "plan": m["council"]["plan_fidelity"] - m["none"]["plan_fidelity"],
        "needs": m["council"]["needs_met"] - m["none"]["needs_met"],
        "attendance": attendance_at(PORTO_ALEGRE, came) if known else math.nan,
        "withers": m["lean"]["council_power"] - m["fat"]["council_power"],
    }


P22 = Pattern(
    id="P22",
    sources=("goncalves2014", "baiocchi2005"),
    varied="Porto Alegre with its council's eighth of the budget or none; its size; its lean years "
    "from month 157 or none",
    held="rules fixed except where lean years are compared; accounts kept by hand",
    published="cities with participatory budgets spend more as people wish, on health and "
    "sanitation, and fewer infants die; 16,000 to 20,000 come in a city of 1.3 million (1-2 %); "
    "councils die with sponsor or slack",
    arms=_council_arms,
    statistics=_councils,
    checks=(
        Check("plan", "the plan fits needs better with a council", 0.0, None, surely=True),
        Check("needs", "needs are better met with it", 0.0, None, surely=True),
        Check("attendance", "share that comes, run on to 1.3 million", 0.01, 0.02),
        Check("withers", "the council loses power by lean years", None, 0.0, surely=True),
    ),
    note="A council's eighth moves an eighth of the plan, which is near needs in any case: a "
    "ministry misses them by a few points, mostly by projects of its own, and cannot be wrong "
    "about health and sanitation as towns were; what the plan gains moves needs met by half a "
    "point or so. Coming to a meeting is dearer than voting by `meeting_cost`, the "
    "smallest difference on record from Vermont; a dearer meeting would come to the "
    "published share (at 3 one in fifty) and change no other check for sure. The published count "
    "is of a year, the model's of a month. Who comes learns from what the council took itself "
    "and what was delivered (`meeting_lesson`), a form found with Porto Alegre in mind; it "
    "moves attendance little and no check. Councils wither only by amendment: nothing ties "
    "what they decide to a surplus, and there is no party that keeps them.",
    read=council_at_end,
    window=TERM,
)
