"""One office as a Mesa agent with plain attributes: holding, losing and weighing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from ...agents.offices import (
    APPOINTED,
    BY_COUNCIL,
    BY_COURT,
    BY_SUPERIOR,
    DIRECTOR,
    IN_POST,
    NOBODY,
    PLANNER,
)
from ...model.audit import CASE_MONTHS
from ...model.courts import TRIAL_MONTHS
from .filling import Filled
from .learning import Learner
from .petition import Recalled
from .plain import (
    apparent_misuse,
    clamp,
    competence,
    condones,
    damages,
    detection_learnt,
    glass_house,
    horizon,
    misuse_of,
    place_value,
    post_value,
    recognisable,
)

if TYPE_CHECKING:
    from .society import TwinSociety
    from .worker import TwinWorker


@dataclass
class News:
    """What is said of the centre as a whole."""

    misuse: float = 0.0
    readable: float = 0.0
    news: int = 0
    part: float = 1.0


class TwinOffice(Filled, Learner, Recalled, mesa.Agent):
    """A post or seat; amounts are baskets a month, names as in the columns of Offices."""

    is_post = True
    model: TwinSociety
    tier: int
    priority: float
    room: float
    diversion: float
    last_misuse: float
    last_diversion: float
    misuse: float
    case: float
    trial: float
    take: float
    gain: float
    padding: float
    hiding: float
    hidden_capacity: float
    withheld: float
    legible: float
    competence: float
    pay: float
    fine: float
    taken: float
    recovered: float
    favour: float
    tenure: float
    term_left: float
    mandate: float
    terms: float
    petition: float
    end: float
    signed: float
    slander: float
    rivals: float
    prospect: float
    elected: int

    def __init__(self, model: TwinSociety, row: int, state: dict[str, float]) -> None:
        super().__init__(model)
        vars(self).update(state)
        self.row = row
        for flag in ("scandal", "shielded", "co_opted"):
            setattr(self, flag, state[flag] > 0.0)
        self.ballot = self.audited = self.news = self.settled = False
        self.readable = 0.0
        self.came = 0.0
        self.against = 0.0
        self.acting = 0.0
        self.alleged = 0.0
        self.clients = 0
        self.electorate: list[TwinWorker] = []
        self.superior: TwinOfficial | None = None
        self.holder: TwinWorker | None = None
        self.last_holder: TwinWorker | None = None
        self.runner_up: TwinWorker | None = None
        self.patron: TwinOffice | None = None
        self.inspected: TwinOffice | None = None
        self.initiator = NOBODY
        self.removed = IN_POST

    @property
    def part(self) -> float:
        """Its part of what the electorate sees as one: all planners, else the office alone."""
        return 1.0 / len(self.model.planners) if self.tier == PLANNER else 1.0

    # --- tenure ---------------------------------------------------------------------------------

    def vacate(self, channel: int) -> None:
        """Send the holder back to the bench."""
        holder = self.holder
        if holder is None:
            return
        holder.office = None
        self.holder = None
        self.last_holder = holder
        self.removed = channel
        self.last_misuse = self.misuse
        self.last_diversion = self.diversion
        self.close_petition()
        self.co_opted = False
        self.shielded = False
        self.case = 0.0
        self.trial = 0.0
        self.diversion = 0.0
        if self.scandal:
            holder.record = clamp(holder.record + self.misuse, 0.0, 1.0)

    def seat(self, person: TwinWorker, runner_up: TwinWorker | None) -> None:
        """Put a person into the vacant office, of whom nobody knows anything yet."""
        self.forget_beliefs()
        person.office = self
        self.holder = person
        self.name_rival(runner_up)
        self.patron = self.inspected = None
        self.competence = competence(person.skill, person.experience)
        self.padding = self.hiding = self.hidden_capacity = self.withheld = 0.0
        self.news = self.settled = False
        self.taken = 0.0
        self.tenure = self.end = 0.0
        self.terms = 1.0
        self.term_left = self.mandate = self.model.rules.term_months

    def name_rival(self, runner_up: TwinWorker | None) -> None:
        """Note who lost the election; a new loser has tried nothing yet."""
        if runner_up is not self.runner_up:
            self.prospect = self.model.behaviour.loser_hope
        self.runner_up = runner_up
        if runner_up is None:
            self.rivals = 0.0

    def forget_beliefs(self) -> None:
        """Let the electorate's belief return to suspicion; planners are seen as one."""
        for worker in self.electorate:
            gap = self.model.behaviour.suspicion - worker.beliefs[self.tier]
            worker.beliefs[self.tier] += self.part * gap

    def close_petition(self) -> None:
        """End a petition, whatever came of it."""
        self.petition = 0.0
        self.signed = 0.0
        self.initiator = NOBODY

    def start_month(self) -> None:
        """Forget how last month's holder left and whether there was a ballot."""
        self.removed = IN_POST
        self.ballot = False

    # --- what the holder weighs -----------------------------------------------------------------

    @property
    def stake(self) -> float:
        """What losing the office would cost its holder a month."""
        holder = self.holder
        return max(post_value(self.pay, holder.bench, holder.vocation, 0.0), 0.0)

    @property
    def ahead(self) -> float:
        """How much next month in office counts for the holder beside this one."""
        return horizon(self.model.behaviour.patience, self.holder.churn, self.end)

    @property
    def place_at_stake(self) -> float:
        """What losing the office with all it brings would cost its holder in all."""
        return place_value(self.stake + self.gain, self.ahead)

    @property
    def detection(self) -> float:
        """How much likelier the greedy lose office than the honest, as the holder has learnt."""
        return detection_learnt(self.holder.risk, self.holder.churn)

    @property
    def exposure(self) -> float:
        """What the holder expects to lose a month by being found out."""
        return self.detection * recognisable(self.misuse) * self.place_at_stake

    def keeps_silent(self, about: TwinOffice, favour: float) -> bool:
        """Say whether the holder keeps silent about misuse found in another office."""
        b, holder, stake = self.model.behaviour, self.holder, self.stake
        feeling = b.fellowship * holder.loyalty * about.stake
        feeling += glass_house(b.denunciation, self.misuse, stake)
        risk = self.detection * recognisable(misuse_of(favour, self.model.mean_wage))
        loss = place_value(stake, self.ahead)
        return condones(favour, holder.greed, feeling, b.honour, risk, loss)

    def be_denounced(self, draw: float) -> None:
        """Have a case opened if the exposed knew of misuse here and tell."""
        if draw < self.model.behaviour.denunciation * recognisable(self.misuse):
            self.case = CASE_MONTHS

    def keep_bargain(self, other: TwinOffice | None) -> None:
        """End favours and shields that newcomers never agreed to, or that nobody can give."""
        if other is None:
            return
        if other.holder is None or other.tenure == 0.0 or self.tenure == 0.0:
            self.shielded = self.co_opted = False
            self.patron = None

    # --- pay and books --------------------------------------------------------------------------

    def set_pay(self, relative: float) -> None:
        """Set the pay of the office in mean wages and pay it to whoever holds it."""
        self.pay = relative
        if self.holder is not None:
            self.holder.pay = relative

    def disappoint(self, gain: float) -> None:
        """If last month's scandal cost nobody the office, teach the electorate cynicism."""
        if self.scandal and self.removed == IN_POST:
            for worker in self.electorate:
                worker.cynicism += gain * self.part * (1.0 - worker.cynicism)

    @property
    def apparent(self) -> float:
        """Misuse as it looks to auditors and judges, who cannot tell errors from it."""
        errors = self.model.behaviour.errors
        return apparent_misuse(self.misuse, errors, self.competence, self.withheld)

    def be_audited(self, rate: float, public: float) -> None:
        """Be audited with probability `rate`, fined for what is found, and perhaps exposed."""
        draws, row = self.model.draws, self.row
        self.case = max(self.case - 1.0, 0.0)
        self.scandal = self.audited = False
        self.fine = self.recovered = 0.0
        if draws[0][row] >= rate or self.holder is None:
            return
        self.audited = True
        apparent = self.apparent
        if draws[1][row] < self.model.behaviour.audit_power * recognisable(apparent):
            self.case = CASE_MONTHS
            owed = damages(self.taken, self.model.rules.restitution, self.pay)
            self.recovered = owed / max(self.model.rules.restitution, 1e-12)
            self.fine = self.model.rules.sanction * self.pay * apparent + owed
            self.holder.owed += self.fine
            if draws[2][row] < public:
                self.break_scandal()
        self.taken = 0.0

    def be_tried(self, conviction: float) -> None:
        """Stand trial for a year if a case is on record; be dismissed if convicted."""
        if self.trial == 0.0 and self.case > 0.0:
            self.trial = TRIAL_MONTHS
        if self.trial > 0.0:
            self.trial -= 1.0
            if self.model.draws[self.row] < conviction * recognisable(self.apparent):
                self.vacate(BY_COURT)

    def break_scandal(self) -> None:
        """Become public; the electorate hears of it at the next telling."""
        self.scandal = self.news = True

    def book_gain(self, mean_wage: float) -> None:
        """Book how large the misuse looks beside a mean wage, and what the holder gained."""
        self.misuse = misuse_of(self.take + self.favour, mean_wage)
        self.taken += self.take + self.favour
        if self.holder is not None:
            self.holder.in_kind = self.gain

    def keep_books(self, coverage: float, code_open: bool) -> None:
        """Find how much of the office's misuse its books show."""
        hidden = self.tier >= PLANNER and not code_open
        by_hand = (1.0 - coverage) * (1.0 - self.hiding)
        self.legible = by_hand + (0.0 if hidden else coverage)


class TwinOfficial(TwinOffice):
    """A post of the administration."""

    def __init__(self, model: TwinSociety, row: int, state: dict[str, float]) -> None:
        super().__init__(model, row, state)
        self.past: list[tuple[float, TwinWorker | None]] = [(0.0, None)] * 12

    def directed(self, effect: float) -> float:
        """Return the share of output left under this holder: all of it if fully competent."""
        competence = self.competence if self.holder is not None else 0.0
        return 1.0 - effect * (1.0 - competence)

    def pay_tribute(self, share: float) -> None:
        """Share the take with a superior who keeps silent."""
        if self.shielded and self.superior is not None:
            tribute = share * self.take
            self.gain -= tribute
            self.superior.gain += tribute
            self.superior.favour += tribute

    def be_supervised(self) -> None:
        """Have the superior look at the books, and shield or dismiss the holder."""
        chief = self.superior
        if chief is None or self.holder is None:
            return
        if chief.holder is None:
            self.shielded = False
            return
        coverage = self.model.automation
        readable = coverage + (1.0 - coverage) * (1.0 - self.hiding)
        found = recognisable(self.misuse) * readable
        noticed = self.model.draws[0][self.row] < self.model.behaviour.supervision * found
        if not noticed and self.case == 0.0:
            return
        favour = self.model.behaviour.favour_share * self.take
        self.shielded = chief.keeps_silent(self, favour)
        if not self.shielded:
            chief.be_denounced(self.model.draws[1][self.row])
            self.case = CASE_MONTHS
            if self.elected == APPOINTED:
                self.vacate(BY_SUPERIOR)

    def face_council(self, power: float) -> None:
        """Be dismissed if misuse is on record and the case falls to the council."""
        if self.case > 0.0 and self.model.draws[4][self.row] < power:
            self.vacate(BY_COUNCIL)


class TwinDelegate(TwinOffice):
    """A seat in the council."""

    is_post = False

    @property
    def watched(self) -> list[TwinOfficial]:
        """Return the posts this seat looks into: the one it looked into last."""
        return [self.inspected] if self.inspected and self.inspected.is_post else []

    def accept_favour(self, share: float) -> None:
        """Receive what the patron pays for silence."""
        if self.co_opted:
            self.favour = share * self.patron.take / self.patron.clients
            self.patron.gain -= self.favour
            self.gain += self.favour

    def pick_subject(self, u: float) -> TwinOffice:
        """Return whom to look into: a director of the district, a head, a planner, a delegate."""
        tier = int(4.0 * u)
        within = 4.0 * u - tier
        if tier >= PLANNER:
            peers = self.model.planners if tier == PLANNER else self.model.seats
            return peers[int(within * len(peers))]
        person = self.electorate[int(within * len(self.electorate))]
        director = person.workplace.director
        return director if tier == DIRECTOR else director.superior

    def inspect(self, reach: float, public: float) -> None:
        """Look into one office; take the favour or expose what is found."""
        draws, row = self.model.draws, self.row
        self.inspected = None
        if self.holder is None or draws[0][row] >= reach:
            return
        post = self.inspected = self.pick_subject(draws[1][row])
        found = draws[2][row] < post.legible * recognisable(post.misuse)
        if not found or post.holder is None or post is self:
            return
        if self.keeps_silent(post, self.favour_from(post)):
            if post.is_post:
                self.co_opted, self.patron = True, post
        else:
            self.co_opted, self.patron = False, None
            post.case = CASE_MONTHS
            self.be_denounced(draws[5][row])
            if draws[3][row] < public:
                post.break_scandal()

    def favour_from(self, post: TwinOffice) -> float:
        """Return the favour that silence about a post would bring; fellow delegates have none."""
        if not post.is_post:
            return 0.0
        others = post.clients - (self.patron is post)
        return self.model.behaviour.favour_share * post.take / (1.0 + others)
