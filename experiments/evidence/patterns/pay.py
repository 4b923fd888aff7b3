"""What pay does: with audits, to who comes forward, and to the caps laid upon it (P5 to P7)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ....agents.offices import DIRECTOR, Office
from ....model.scenario import Scenario
from ....model.society import Society
from ....scenarios import load_scenario
from ..pattern import Arm, Check, Means, Pattern, ratio, relative, yearly
from .ground import BY_HAND, UNWATCHED, WORKERS, society

# Every post reaches the cap, so that the cap is what posts are paid.
STEEP = {**BY_HAND, "pay_ladder": 8.0}


# --- P5: pay and audits --------------------------------------------------------------------------

# Before the crackdown nobody looked; its first phase compared what all hospitals paid for the same
# goods; in its last phase officials were still watched, less.
AUDITS = {"low": 0.0, "middle": yearly(0.15), "high": 1.0}  # a month
PAY = {"low": (1, 2), "middle": (1, 2, 3, 5, 7), "high": (1, 2)}  # mean wages
GONE = 0.1  # share of the take at a mean wage below which it counts as eradicated
BEYOND = 10.0  # mean wages that stand for "more than seven would be needed"


def taken_by_directors(society: Society) -> dict[str, float]:
    """Return what directors took of what passed within their reach.

    They buy and hand out for one establishment, as procurement officers do for a hospital.
    """
    directors = society.offices["tier"] == DIRECTOR
    room = float(society.offices.values[Office.ROOM, directors].sum())
    taken = float(society.offices.values[Office.TAKE, directors].sum())
    return {"taken": ratio(taken, room)}


def _audited(control: str, pay: float) -> Arm:
    scenario = society(elected_posts=0.0, wage_cap=pay, audit_rate=AUDITS[control])
    return Arm(scenario, {**STEEP, **UNWATCHED} if control == "low" else STEEP)


def _pay_arms() -> dict[str, Arm]:
    return {f"{q}_{w}": _audited(q, w) for q in AUDITS for w in PAY[q]}


def eradicating_pay(pays: Sequence[float], taken: Sequence[float]) -> float:
    """Return the pay at which the take falls to a tenth of what it is at the first pay.

    Between arms it is read off a straight line; BEYOND where no arm comes so low, NaN where nothing
    is taken at all.

    >>> eradicating_pay((1, 2, 3), (1.0, 0.2, 0.0))
    2.5
    """
    if taken[0] == 0.0:
        return math.nan
    goal = GONE * taken[0]
    for k in range(1, len(pays)):
        if taken[k] <= goal:
            part = (taken[k - 1] - goal) / (taken[k - 1] - taken[k])
            return pays[k - 1] + part * (pays[k] - pays[k - 1])
    return BEYOND


def _pay(m: Means) -> dict[str, float]:
    base = m["low_1"]["taken"]
    slope = {
        q: ratio(m[f"{q}_2"]["taken"] - m[f"{q}_1"]["taken"], base * math.log(2.0)) for q in AUDITS
    }
    fall = ratio(m["middle_2"]["taken"], m["middle_1"]["taken"])
    needed = [m[f"middle_{w}"]["taken"] for w in PAY["middle"]]
    return {
        "low": slope["low"],
        "high": slope["high"],
        "elasticity": math.log(fall) / math.log(2.0) if fall > 0.0 else math.nan,
        "middle_against_low": slope["middle"] - slope["low"],
        "middle_against_high": slope["middle"] - slope["high"],
        "needed": eradicating_pay(PAY["middle"], needed),
    }


P5 = Pattern(
    id="P5",
    sources=("ditella_schargrodsky2003", "vanrijckeghem_weder2001"),
    varied="pay of all posts, 1 to 7 mean wages; control: none (no audits, superiors and council "
    "do not look), audits of 15 % a year beside superiors and council, an audit every month",
    held="appointed posts that a superior may fill anew, no recall, books mostly closed and kept "
    "by hand",
    published="pay plays no role at very low or very high audit; at middle audit the elasticity of "
    "purchase prices exceeds 0.20 in size; pay alone would have to be 3 to 7 times that of workers "
    "(across countries)",
    arms=_pay_arms,
    statistics=_pay,
    checks=(
        Check(
            "low", "no control: slope in log pay, shares of the take without control", -0.10, 0.10
        ),
        Check("elasticity", "middle audits: elasticity of the take", None, -0.20),
        Check("high", "audits every month: slope in log pay, same unit", -0.10, 0.10),
        Check("middle_against_low", "steeper than without control", None, -0.01, surely=True),
        Check("middle_against_high", "steeper than under monthly audits", None, -0.01, surely=True),
        Check("needed", "mean wages at which nine tenths of the take are gone", 3.0, 7.0),
    ),
    note="Three phases of one crackdown: before it audit was expected to be very low, in its first "
    "months, when what all hospitals paid was compared, very high, later in between. Directors "
    "are read, since they handle the goods of one establishment as procurement officers do; what "
    "passes through a planner's hands is worth thirty wages a month, more than any pay tried. In "
    "the last check 10 stands for more than seven, the highest pay tried. "
    "Under rare audits pay deters as long as superiors look into books every month, and at 60 % a "
    "year it deters most, since a learnt risk of losing it grows with audits (Becker and Stigler); "
    "its force is spent where all are audited every month and little is taken at any pay. A tenth "
    "of the take is not reached by pay of seven because officials follow peers (`conformity`; at 0 "
    "the check is met): a few greedy ones in a branch keep the others taking. The study's "
    "elasticity is one of prices, of which what is taken is a part; that of the part is larger in "
    "size, so the lower bound is lenient.",
    read=taken_by_directors,
)


# --- P6: pay and who comes forward ---------------------------------------------------------------


def who_holds(society: Society) -> dict[str, float]:
    """Return mean skill of those in posts (1: of everybody) and the terms they have held."""
    posts = slice(society.offices.posts)
    holders = society.offices["holder"][posts]
    held = holders >= 0
    return {
        "skill": float(society.people["skill"][holders[held]].mean()) if held.any() else math.nan,
        "terms": float(society.offices["terms"][posts][held].mean()) if held.any() else math.nan,
    }


def _selection_arms() -> dict[str, Arm]:
    drives = {"money": 0.0, "calling": 1.0}
    return {
        f"{drive}_{pay}": Arm(society(workers=1200, wage_cap=pay), {**STEEP, "vocation": vocation})
        for drive, vocation in drives.items()
        for pay in (1, 2)
    }


def _selection(m: Means) -> dict[str, float]:
    return {
        "drawn_by_money": m["money_2"]["skill"] - m["money_1"]["skill"],
        "drawn_by_calling": m["calling_2"]["skill"] - m["calling_1"]["skill"],
        "stay": m["calling_2"]["terms"] - m["calling_1"]["terms"],
    }


P6 = Pattern(
    id="P6",
    sources=("gagliarducci_nannicini2013", "fisman2015"),
    varied="pay of posts, 1 or 2 mean wages; vocation, none or worth a basket a month on average",
    held="elected posts on mandates of four years, no recall, rare audits, books kept by hand",
    published="better paid mayors in Italy are abler; members of the European Parliament whose pay "
    "doubles stand again more often (23 points) and are of lesser schools",
    arms=_selection_arms,
    statistics=_selection,
    checks=(
        Check("drawn_by_money", "no vocation: doubled pay, abler holders", 0.005, None, True),
        Check("drawn_by_calling", "with vocation: less able holders", None, -0.005, True),
        Check("stay", "with vocation: holders stay for more terms", 0.05, None, True),
    ),
    note="The model has one way for pay to select: the able have better paid benches and need "
    "more to leave them. Higher pay can draw them in or, once all are willing, do nothing; it "
    "cannot lower ability, for nothing here makes better pay attract the less able more (parties' "
    "gatekeeping, crowding out of vocation, which is drawn apart from skill unless "
    "`vocation_skill` ties them). At the default greed and room nearly everybody is willing at "
    "either pay, and with vocation everybody, so pay hardly changes who stands. Holders who may "
    "be confirmed always stand again, so the 23 points have no counterpart; staying is read from "
    "consecutive terms instead.",
    read=who_holds,
)


# --- P7: caps erode, and are bypassed in kind ----------------------------------------------------

SOON = 120  # months within which poor kibbutzim are compared with others


def cap_and_kind(society: Society) -> dict[str, float]:
    """Return the pay that rules allow, its rise, early equal pay, and what posts got in kind.

    Pay in mean wages; where there is no cap, what the best paid post has. `equal`: the share of the
    first ten years with the founding cap or a lower one. `in_kind`: mean wages a post a month.
    """
    paid = float(society.offices["pay"].max()) / society.mean_wage
    cap = society.rules.wage_cap
    first = society.scenario.rules.wage_cap
    caps = society.history()["rule_wage_cap"].to_numpy()[:SOON]
    kept = np.mean(caps <= first) if first is not None else math.nan
    holders = society.offices["holder"][: society.offices.posts]
    in_kind = society.people["in_kind"][holders[holders >= 0]].mean() / society.mean_wage
    return {
        "ceiling": paid if cap is None else cap,
        "paid": paid,
        "equal": float(kept),
        "in_kind": float(in_kind),
    }


def _named(name: str, **changes: object) -> Scenario:
    return load_scenario(name).replace(population={"workers": WORKERS}, **changes)


def _cap_arms() -> dict[str, Arm]:
    mondragon, fixed = _named("mondragon"), {"amendable": False}
    return {
        "mondragon": Arm(mondragon, BY_HAND),
        "resisting": Arm(mondragon, {**BY_HAND, "resistance": 0.1}),
        "acquiescent": Arm(mondragon, {**BY_HAND, "resistance": 1.0}),
        "poor": Arm(_named("kibbutz-1985"), BY_HAND),
        "rich": Arm(_named("kibbutz-1985", shocks={"severity": 0.0}), BY_HAND),
        "uncapped": Arm(_named("nomenklatura", rules=fixed), BY_HAND),
        "capped": Arm(_named("nomenklatura", rules={**fixed, "wage_cap": 1.0}), BY_HAND),
    }


def _caps(m: Means) -> dict[str, float]:
    founding = _named("mondragon").rules.wage_cap or math.nan
    rise = m["mondragon"]["ceiling"] / founding
    return {
        "rise": rise,
        "erodes": rise,
        "resisted": m["resisting"]["ceiling"] - m["acquiescent"]["ceiling"],
        "poor_first": m["poor"]["equal"] - m["rich"]["equal"],
        "bypassed": relative(m["capped"]["in_kind"], m["uncapped"]["in_kind"]),
    }


P7 = Pattern(
    id="P7",
    sources=("bretos_errasti2017", "luzarraga2008", "matthews1978", "abramitzky2008"),
    varied="Mondragon over 30 years, with workers who stop a change easily or never; a kibbutz "
    "with the debt shock of 1985 or without; a nomenklatura with a cap of one mean wage or none",
    held="rules may be amended in the first two, not in the third; accounts stay hand-kept",
    published="Mondragon 3:1 of lowest pay at first, 6:1 by a vote of 147 to 132 in 1988, 32 years "
    "after the founding, then 8-9:1 for the best paid; party maximum 1920-32 beside closed shops; "
    "equal pay dropped first where kibbutzim were poor",
    arms=_cap_arms,
    statistics=_caps,
    checks=(
        Check("rise", "Mondragon's ceiling after 30 years over that of the founding", 2.0, 3.0),
        Check("erodes", "that it rises at all", 1.05, None, surely=True),
        Check("resisted", "it rises less where workers resist", None, -0.05, surely=True),
        Check("poor_first", "the poor kibbutz keeps equal pay for less time", None, -0.01, True),
        Check("bypassed", "under a cap officials get more in kind", 0.01, None, surely=True),
    ),
    note="Holders vote for a higher cap where what it adds to their own pay, weighed by greed, "
    "exceeds their honour. In Mondragon directors could earn four mean wages, heads and planners "
    "seven and ten: once the cap is at four, most have nothing more to gain, and there it stays; "
    "members voted for six to one because managers could not be found, and here nobody reckons "
    "with that. Workers hold the change up where they can but do not stop it for good, and "
    "nothing makes the poor more ready to drop equal pay: nobody can leave. Kind in place of pay "
    "is the same weighing as in P5. The real ratio is to lowest pay, the model's to the mean "
    "wage; so growth is checked, not height.",
    read=cap_and_kind,
)
