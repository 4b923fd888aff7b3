"""Every lever and every uncertain number of the model, declared once.

`Rules` are the levers a society may pull. `Behaviour` holds what nobody knows exactly about people
and technique. The declaration (default, range, unit, source) drives validation, the command line,
sweeps, sliders and the tables of the ODD; the plain words in both languages stand in texts/.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from .declaration import Parameters, lever


class Rules(Parameters, frozen=True):
    """The levers: who removes, picks, pays, sees, decides and audits (charter, section 5)."""

    recall_threshold: float | None = lever(0.3, 0.0, 1.0, unit="share of electorate")
    recall_reach: Literal["delegates", "officials", "both"] = "both"
    runner_up_succeeds: bool = False
    recall_pause_months: int = lever(0, 0, 600, unit="months", sweep=(0, 24), source="welp2016")
    wage_cap: float | None = lever(1.0, 1.0, 100.0, unit="mean wages", sweep=(1.0, 6.0))
    openness: float = lever(0.9, 0.0, 1.0, unit="share of accounts")
    participants_visible: bool = False
    elected_posts: float = lever(1.0, 0.0, 1.0, unit="share of posts")
    term_months: int = lever(24, 1, 600, unit="months", sweep=(6, 96))
    term_limit: int | None = lever(None, 1, 100, unit="terms", sweep=(1, 5))
    council_power: float = lever(0.8, 0.0, 1.0, unit="share of decisions")
    audit_rate: float = lever(0.02, 0.0, 1.0, unit="per month", sweep=(0.0, 0.3))
    sanction: float = lever(6.0, 0.0, 600.0, unit="months of pay", sweep=(0.0, 36.0))
    restitution: float = lever(
        1.0,
        0.0,
        10.0,
        unit="times what was taken",
        sweep=(0.0, 3.0),
        source="polinsky_shavell2000",
    )
    courts: float = lever(
        0.1,
        0.0,
        1.0,
        unit="share of cases within a year",
        source="alencar_gico2011",
    )
    automation: float = lever(0.2, 0.0, 1.0, unit="share of flows")
    algorithm_open: bool = True
    sortition: float = lever(0.0, 0.0, 1.0, unit="share of seats")
    opposition: bool = True
    amendable: bool = True


class Behaviour(Parameters, frozen=True):
    """What is uncertain about people and technique; defaults follow later, smaller estimates."""

    # needs and knowledge
    need_persistence: float = lever(0.98, 0.0, 0.999, unit="per month", sweep=(0.9, 0.995))
    need_drift: float = lever(0.01, 0.0, 0.2, unit="sd of log need", sweep=(0.0, 0.03))
    local_drift: float = lever(0.04, 0.0, 0.5, unit="sd of log need", sweep=(0.0, 0.1))
    tacit_share: float = lever(0.3, 0.0, 1.0, unit="share of need changes", sweep=(0.0, 0.8))
    local_knowledge: float = lever(0.5, 0.0, 1.0, unit="share of what records miss")
    price_knowledge: float = lever(0.7, 0.0, 1.0, unit="share of what records miss")
    exchange: float = lever(0.3, 0.0, 1.0, unit="share of goods sent astray")
    report_noise: float = lever(0.04, 0.0, 0.5, unit="sd, relative", sweep=(0.0, 0.1))
    # production
    skill_spread: float = lever(0.25, 0.0, 1.0, unit="sd of log skill", sweep=(0.1, 0.5))
    wage_slope: float = lever(0.5, 0.0, 1.0, unit="elasticity of bench pay to skill")
    site_spread: float = lever(
        0.25, 0.0, 1.0, unit="sd of log productivity", sweep=(0.0, 0.6), source="syverson2011"
    )
    capacity_mobility: float = lever(0.03, 0.0, 0.5, unit="share per month", sweep=(0.0, 0.1))
    waste: float = lever(0.01, 0.0, 0.2, unit="share of stocks per month", sweep=(0.0, 0.03))
    competence_effect: float = lever(
        0.10, 0.0, 0.5, unit="share of output", sweep=(0.0, 0.25), source="akhtari2022"
    )
    branch_competence: float = lever(
        0.05, 0.0, 0.5, unit="share of output", sweep=(0.0, 0.25), source="fenizia2022"
    )
    learning_months: float = lever(12.0, 1.0, 120.0, unit="months", sweep=(4.0, 36.0))
    # reports: ratchet and padding
    ratchet: float = lever(
        0.3, 0.0, 1.0, unit="share of result in next target", source="weitzman1980"
    )
    bonus: float = lever(
        0.3, 0.0, 1.0, unit="months of pay per unit of capacity", source="weitzman1980"
    )
    safety_slack: float = lever(0.25, 0.0, 0.6, unit="share of capacity", sweep=(0.0, 0.4))
    strain: float = lever(1.0, 0.1, 10.0, unit="months of pay", sweep=(0.3, 3.0))
    padding_limit: float = lever(
        0.08, 0.0, 0.5, unit="share of output", sweep=(0.0, 0.15), source="harrison2011"
    )
    # what officials want and can reach
    greed: float = lever(0.5, 0.0, 1.0, unit="mean of people", sweep=(0.1, 0.9))
    greed_spread: float = lever(0.25, 0.0, 0.28, unit="sd of people", sweep=(0.05, 0.28))
    vocation: float = lever(0.3, 0.0, 5.0, unit="baskets per month", sweep=(0.0, 1.0))
    self_selection: float = lever(
        0.0, 0.0, 1.0, unit="chance that the keener of two stands", source="barfort2019"
    )
    vocation_skill: float = lever(
        0.0, -0.9, 0.9, unit="correlation", sweep=(-0.5, 0.5), source="dalbo_finan_rossi2013"
    )
    room_director: float = lever(
        0.12, 0.0, 0.4, unit="share of workplace's final goods", sweep=(0.03, 0.2)
    )
    room_head: float = lever(0.03, 0.0, 0.1, unit="share of branch's final goods", sweep=(0.0, 0.1))
    room_centre: float = lever(0.05, 0.0, 0.3, unit="share of all final goods", sweep=(0.01, 0.12))
    projects: float = lever(
        0.2, 0.0, 0.6, unit="share of the ministry's plan", sweep=(0.0, 0.4), source="kornai1980"
    )
    room_exceptions: float = lever(
        0.12, 0.0, 0.4, unit="share of all final goods", sweep=(0.02, 0.25)
    )
    pay_ladder: float = lever(
        2.0, 1.0, 10.0, unit="mean wages of a director, uncapped", sweep=(1.2, 3.0)
    )
    # what officials expect and learn
    patience: float = lever(
        0.98, 0.5, 0.999, unit="monthly discount factor", sweep=(0.95, 0.995), source="barro1973"
    )
    foresight: float = lever(
        1.0, 0.0, 1.0, unit="share of an end that is in sight", source="ferraz_finan2011"
    )
    prior_risk: float = lever(0.01, 0.0, 1.0, unit="removals per month", sweep=(0.002, 0.1))
    prior_churn: float = lever(0.01, 0.0, 1.0, unit="removals per month", sweep=(0.0, 0.05))
    risk_memory: float = lever(24.0, 2.0, 240.0, unit="months", sweep=(12.0, 96.0))
    own_weight: float = lever(0.5, 0.0, 1.0, unit="weight of own branch's fates")
    told: float = lever(0.5, 0.0, 1.0, unit="share of colleagues' experience", source="sah1991")
    adjustment: float = lever(0.15, 0.0, 1.0, unit="per month", sweep=(0.03, 0.4))
    conformity: float = lever(
        0.25, 0.0, 1.0, unit="weight of peers", sweep=(0.0, 0.6), source="hammond2000"
    )
    hide_cost: float = lever(0.5, 0.01, 20.0, unit="baskets per month", sweep=(0.1, 3.0))
    favour_share: float = lever(
        0.15, 0.0, 0.45, unit="share of what is diverted", sweep=(0.0, 0.4), source="tirole1986"
    )
    fellowship: float = lever(
        0.2, 0.0, 2.0, unit="share of a colleague's loss", sweep=(0.0, 0.5), source="tirole1986"
    )
    denunciation: float = lever(
        0.2, 0.0, 1.0, unit="chance that the exposed drag down", source="harrison2011"
    )
    honour: float = lever(0.1, 0.0, 5.0, unit="baskets a month", sweep=(0.0, 0.5))
    supervision: float = lever(0.05, 0.0, 1.0, unit="per month", sweep=(0.02, 0.3))
    inspection: float = lever(0.15, 0.0, 1.0, unit="per month", sweep=(0.02, 0.4))
    audit_power: float = lever(0.8, 0.0, 1.0, unit="share of misuse found", sweep=(0.4, 1.0))
    errors: float = lever(
        0.05,
        0.0,
        0.5,
        unit="misuse that errors look like, at no competence",
        sweep=(0.0, 0.2),
        source="bandiera_prat_valletti2009",
    )
    caution: float = lever(
        0.2,
        0.0,
        1.0,
        unit="share held back by who is sure to be fined",
        sweep=(0.0, 0.5),
        source="lichand2015",
    )
    loyalty_weight: float = lever(1.5, 0.0, 10.0, unit="units of competence", sweep=(0.0, 4.0))
    # what workers notice
    attention: float = lever(0.15, 0.0, 1.0, unit="share of attention", sweep=(0.02, 0.4))
    attention_decay: float = lever(0.2, 0.0, 1.0, unit="per month", sweep=(0.05, 0.5))
    scandal_boost: float = lever(0.4, 0.0, 1.0, unit="share of attention", sweep=(0.0, 0.8))
    notice: float = lever(0.5, 0.0, 1.0, unit="per month at full attention", sweep=(0.1, 1.0))
    press: float = lever(0.5, 0.0, 1.0, unit="share rival lists make public", sweep=(0.1, 0.9))
    hearsay: float = lever(0.005, 0.0, 0.5, unit="per month", sweep=(0.0, 0.02))
    rumour: float = lever(
        0.5, 0.0, 1.0, unit="share of hearsay", sweep=(0.0, 1.0), source="olken2009"
    )
    diffusion: float = lever(0.15, 0.0, 1.0, unit="per month", sweep=(0.0, 0.4))
    blame: float = lever(0.03, 0.0, 1.0, unit="per month", sweep=(0.0, 0.1))
    suspicion: float = lever(
        0.077, 0.0, 1.0, unit="belief without news", sweep=(0.0, 0.4), sourced=0.15
    )
    opinion_noise: float = lever(0.05, 0.0, 0.5, unit="sd of belief", sweep=(0.0, 0.15))
    cynicism_decay: float = lever(0.02, 0.0, 1.0, unit="per month", sweep=(0.005, 0.1))
    cynicism_gain: float = lever(0.10, 0.0, 1.0, unit="per unpunished scandal", sweep=(0.0, 0.3))
    # what workers do
    tolerance: float = lever(0.5, 0.0, 1.0, unit="believed misuse", sweep=(0.2, 0.75))
    tolerance_spread: float = lever(0.1, 0.0, 0.5, unit="sd of people", sweep=(0.0, 0.2))
    duty: float = lever(
        -1.2,
        -5.0,
        5.0,
        unit="log odds of taking part without a cause",
        sweep=(-2.5, 0.5),
        sourced=-1.0,
    )
    stake: float = lever(3.0, 0.0, 20.0, unit="log odds per unit of grievance", sweep=(1.0, 6.0))
    mobilisation: float = lever(
        2.0, 0.0, 10.0, unit="log odds per share of neighbours", sweep=(0.0, 4.0)
    )
    scale_cost: float = lever(
        0.4, 0.0, 3.0, unit="log odds per tenfold size", sweep=(0.0, 1.0), source="shaw_hill2014"
    )
    meeting_cost: float = lever(
        1.1,
        0.0,
        4.0,
        unit="log odds by which meetings are dearer than ballots",
        sweep=(0.0, 3.0),
        source="vermont2019",
    )
    voices_needed: float = lever(20.0, 1.0, 1000.0, unit="people", sweep=(5.0, 50.0))
    fatigue_gain: float = lever(
        0.25, 0.0, 2.0, unit="log odds per ballot", sweep=(0.0, 0.6), source="kostelka2023"
    )
    fatigue_decay: float = lever(0.10, 0.0, 1.0, unit="per month", sweep=(0.03, 0.3))
    efficacy_learning: float = lever(
        0.15, 0.0, 1.0, unit="per experience", sweep=(0.03, 0.4), source="olken2010"
    )
    meeting_lesson: float = lever(
        0.5, 0.0, 1.0, unit="share of a ballot's lesson", source="boulianne2019"
    )
    reprisal: float = lever(
        0.11, 0.0, 0.9, unit="share of pay", sweep=(0.0, 0.4), source="hsieh2011", sourced=0.05
    )
    recognition: float = lever(
        0.5, 0.0, 1.0, unit="share known to closed machines", source="beraja2023"
    )
    fear: float = lever(8.0, 0.0, 100.0, unit="log odds per share of pay lost", sweep=(0.0, 30.0))
    legitimacy_premium: float = lever(
        0.05,
        0.0,
        0.5,
        unit="share of effort",
        sweep=(0.0, 0.15),
        source="dalbo_foster_putterman2010",
    )
    informal_limit: float = lever(
        0.3, 0.0, 0.9, unit="share of working time", sweep=(0.0, 0.5), source="ofer_vinokur1992"
    )
    shortage_response: float = lever(
        0.3, 0.01, 5.0, unit="shortage at half response", sweep=(0.1, 0.8), source="kim_shida2014"
    )
    pilferage: float = lever(0.3, 0.0, 1.0, unit="goods per unit of private work", sweep=(0.0, 0.6))
    # petitions, ballots, councils
    initiative: float = lever(
        0.05,
        0.0,
        1.0,
        unit="per month, if all are against",
        sweep=(0.01, 0.3),
        source="spivak",
    )
    intrigue: float = lever(
        1.0, 0.0, 1.0, unit="share of losers' readiness", sweep=(0.0, 1.0), source="philstar2008"
    )
    loser_hope: float = lever(
        0.3, 0.0, 1.0, unit="chance of a removal", sweep=(0.1, 1.0), source="welp2016"
    )
    loser_learning: float = lever(0.5, 0.0, 1.0, unit="per experience", source="welp2016")
    canvass: float = lever(
        0.3, 0.0, 1.0, unit="share reached a month", sweep=(0.1, 0.8), source="welp2016"
    )
    petition_months: float = lever(3.0, 1.0, 24.0, unit="months", sweep=(1.0, 9.0))
    slander: float = lever(0.15, 0.0, 1.0, unit="believed misuse", sweep=(0.0, 0.4))
    doubt: float = lever(0.2, 0.0, 1.0, unit="share of what was alleged", source="thorson2016")
    deference: float = lever(0.4, 0.0, 1.0, unit="share, at no experience", sweep=(0.0, 0.8))
    parochialism: float = lever(
        0.15, 0.0, 1.0, unit="share of plan", sweep=(0.0, 0.4), source="kornai1980"
    )
    choice_noise: float = lever(0.3, 0.0, 5.0, unit="units of competence", sweep=(0.1, 1.0))
    obscurity: float = lever(
        0.8, 0.0, 1.0, unit="share of those not reached", sweep=(0.0, 1.0), source="lipset1956"
    )
    # how rules and property change
    amendment_step: float = lever(0.1, 0.0, 1.0, unit="share of range a year", sweep=(0.02, 0.25))
    resistance: float = lever(
        0.25, 0.0, 1.0, unit="share of workers who stop a change", sweep=(0.1, 0.5)
    )
    automation_growth: float = lever(
        0.01, 0.0, 0.2, unit="per month, unobstructed", sweep=(0.0, 0.03)
    )
    ownership: float = lever(
        0.2, 0.0, 0.9, unit="share of final goods owners draw", sweep=(0.1, 0.4)
    )
    crisis: float = lever(
        0.6, 0.0, 1.0, unit="needs met below which order is open", sweep=(0.4, 0.8)
    )


class Population(Parameters, frozen=True):
    """How many people, and how they are grouped."""

    workers: int = lever(1000, 10, 2_000_000, unit="people")
    workplace_size: int = lever(25, 2, 1000, unit="people")
    workers_per_delegate: int = lever(50, 2, 100_000, unit="people")
    workers_per_head: int = lever(250, 5, 1_000_000, unit="people")
    workers_per_planner: int = lever(333, 5, 1_000_000, unit="people")
    strangers: int = lever(2, 0, 2, unit="ties outside the workplace")

    @model_validator(mode="after")
    def _posts_can_be_filled(self) -> Self:
        if self.workers < 2 * self.workplace_size:
            raise ValueError(
                f"population.workers = {self.workers} makes fewer than two workplaces of "
                f"{self.workplace_size}; the nearest valid value is {2 * self.workplace_size}"
            )
        if self.workers_per_delegate > self.workers:
            raise ValueError(
                f"population.workers_per_delegate = {self.workers_per_delegate} leaves no delegate "
                f"for {self.workers} workers; the nearest valid value is {self.workers}"
            )
        return self


class Economy(Parameters, frozen=True):
    """Which input-output table, which planner, how tight."""

    table: str = "germany-1995"
    planner: Literal["proportional", "optimal"] = "proportional"
    slack: float = lever(0.05, -0.5, 1.0, unit="capacity beyond base needs", sweep=(-0.1, 0.2))
    stock_months: float = lever(1.0, 0.2, 12.0, unit="months of use", sweep=(0.5, 3.0))
    market: bool = False


class Shocks(Parameters, frozen=True):
    """One spell of external scarcity: war, blockade, strike, debt."""

    severity: float = lever(0.0, 0.0, 0.95, unit="share of productivity lost", sweep=(0.0, 0.6))
    start_month: int = lever(60, 0, 100_000, unit="month", sweep=(12, 120))
    months: int = lever(24, 0, 100_000, unit="months", sweep=(1, 60))


GROUPS: dict[str, type[Parameters]] = {
    "rules": Rules,
    "behaviour": Behaviour,
    "population": Population,
    "economy": Economy,
    "shocks": Shocks,
}
