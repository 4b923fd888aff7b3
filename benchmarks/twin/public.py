"""Processes 7 to 14 and 18: what people learn of offices, and what they and officials do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.courts import TRIAL_MONTHS
from ...model.vacancies import DRAWS
from .households import count_clients
from .learning import Fates
from .plain import council_access, publicity, told

if TYPE_CHECKING:
    from .society import TwinSociety


def information(model: TwinSociety) -> None:
    """Audit, publish, talk."""
    rules, b = model.rules, model.behaviour
    model.each(model.workers, "calm", b.cynicism_decay)
    model.each_office("disappoint", b.cynicism_gain)
    model.each_office("keep_books", model.automation, rules.algorithm_open)
    model.draw("audits", 3, len(model.offices))
    rate = 0.0 if model.private else rules.audit_rate
    model.each_office("be_audited", rate, publicity(rules.openness, rules.opposition, b.press))
    publish(model)
    model.draw("information", len(model.workers))
    model.each(model.workers, "read")
    model.each(model.workers, "attend")
    for office in model.offices:
        office.news = False
    model.each(model.workers, "speak")
    model.each(model.workplaces, "talk", b.diffusion)
    model.each(model.workers, "listen", b.diffusion)


def publish(model: TwinSociety) -> None:
    """Publish what the rules open, of every office and of the centre as a whole."""
    for office in model.offices:
        office.readable = model.rules.openness * office.legible
    planners, centre = model.planners, model.centre
    centre.misuse = sum(p.misuse for p in planners) / len(planners)
    centre.readable = sum(p.readable for p in planners) / len(planners)
    centre.news = sum(p.news for p in planners)
    centre.part = 1.0 / len(planners)


def opinion(model: TwinSociety) -> None:
    """Let people form opinions and choose effort."""
    brought = 0.0 if model.private else model.rules.council_power
    decided = sum(sector.promised for sector in model.sectors)
    delivered = sum(sector.consumption for sector in model.sectors) / decided
    model.each(model.workers, "form_opinion", model.council_share, brought, delivered)


def participation(model: TwinSociety) -> None:
    """Let people vote and meet, officials react, and delegates hear."""
    model.draw("participation", len(model.workers))
    model.each(model.workers, "take_part")
    visible = model.rules.participants_visible and not model.private
    b, centre = model.behaviour, model.planners
    at_stake = sum(p.diversion for p in centre if p.holder is not None) / len(centre)
    closed = not (model.rules.algorithm_open or model.private)
    by_centre = b.recognition * model.automation * at_stake if closed else 0.0
    model.each(model.workplaces, "count_heads", visible, b.reprisal, by_centre)
    hear(model)


def hear(model: TwinSociety) -> None:
    """Let delegates be told of their districts by who came to meetings."""
    needed = model.behaviour.voices_needed
    heard = 0.0
    for seat in model.delegates:
        came = sum(worker.meets for worker in seat.electorate)
        heard += told(float(came), float(len(seat.electorate)), needed)
    model.informed = heard / len(model.delegates)


def recall(model: TwinSociety) -> None:
    """Run the petitions and ballots of the month."""
    model.each_office("start_month")
    model.draw("recall", 3, len(model.offices))
    model.funnel = dict.fromkeys(("attempted", "balloted", "removed", "honest"), 0)
    if model.rules.recall_threshold is None or model.private:
        return
    count_turnout(model)
    if model.rules.recall_reach != "delegates":
        model.each(model.officials, "run_petition")
    if model.rules.recall_reach != "officials":
        model.each(model.delegates, "run_petition")


def count_turnout(model: TwinSociety) -> None:
    """Count who comes and who wants whom gone; planners alike in allegations are counted once."""
    model.each_office("open_count")
    judged = {planner.alleged: planner for planner in model.planners}
    model.judged = list(judged.values())
    model.each(model.workers, "judge")
    for planner in model.planners:
        same = judged[planner.alleged]
        planner.came, planner.against = same.came, same.against
        planner.acting = same.acting
    model.each_office("close_count")


def council(model: TwinSociety) -> None:
    """Let delegates inspect, bargain and vote."""
    rules, b = model.rules, model.behaviour
    model.draw("council", 6, len(model.offices))
    if model.private:
        return
    reach = b.inspection * council_access(rules.openness, rules.council_power)
    count_clients(model)
    public = publicity(rules.openness, rules.opposition, b.press)
    model.each(model.delegates, "inspect", reach, public)
    held = [seat for seat in model.delegates if seat.holder is not None]
    free = sum(not seat.co_opted for seat in held)
    if held and free / len(held) > 0.5:
        model.each(model.officials, "face_council", rules.council_power)


def hierarchy(model: TwinSociety) -> None:
    """Let superiors watch, shield and dismiss."""
    model.draw("hierarchy", 2, len(model.offices))
    if not model.private:
        model.each(model.officials, "be_supervised")
    model.draw("courts", len(model.offices))
    if not model.private:
        model.each_office("be_tried", 1.0 - (1.0 - model.rules.courts) ** (1.0 / TRIAL_MONTHS))


def vacancies(model: TwinSociety) -> None:
    """Hold elections, make appointments, draw lots."""
    model.draw("vacancies", len(model.offices), DRAWS, 2)
    model.changed_hands = 0
    if not model.private:
        model.each_office("fill")
        for post in model.officials:
            post.keep_bargain(post.superior)
        for seat in model.delegates:
            seat.keep_bargain(seat.patron)
        model.each(model.workers, "forget_office", model.behaviour.learning_months)


def learning(model: TwinSociety) -> None:
    """Let officials learn from the month's fates."""
    if model.private:
        return
    model.fates = {circle: Fates() for circle in model.circles}
    model.each_office("show_fate")
    for fates in model.fates.values():
        fates.average()
    model.each_office("learn")


def second_economy(model: TwinSociety) -> None:
    """Let people adapt their private work."""
    model.each(model.workers, "adapt_private_work")
