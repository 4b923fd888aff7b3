"""Why somebody did what they did this month, in words, from the numbers they acted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..texts import say
from .compiled import logistic
from .offices import DELEGATE, TIERS
from .official_rules import (
    damages,
    detection_learnt,
    horizon,
    kept_of_take,
    misuse_of,
    place_value,
    recognisable,
    tolerable_rent,
)
from .worker_rules import wants_removal

HOURS = 160  # working hours of a month
BELIEFS = ("belief_director", "belief_head", "belief_centre", "belief_delegate")


@dataclass(frozen=True)
class Explanation:
    """What one agent knew, compared and did in a month; sentences in one language."""

    title: str
    knew: tuple[str, ...]
    compared: tuple[str, ...]
    did: tuple[str, ...]
    headings: tuple[str, str, str]

    def __str__(self) -> str:
        blocks = zip(self.headings, (self.knew, self.compared, self.did), strict=True)
        lines = [self.title]
        for heading, sentences in blocks:
            lines += ["", heading, *(f"  {sentence}" for sentence in sentences)]
        return "\n".join(lines)


class _Speaker:
    """Says one kind of agent's sentences in one language."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind = kind
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return say(f"explain.{self.kind}.{key}", self.language, **values)

    def explanation(self, who: str, month: int, *parts: list[str]) -> Explanation:
        headings = tuple(say(f"explain.{h}", self.language) for h in ("knew", "compared", "did"))
        title = say("explain.title", self.language, who=who, month=month)
        knew, compared, did = (tuple(part) for part in parts)
        return Explanation(title, knew, compared, did, headings)  # type: ignore[arg-type]


def office_name(model: Any, office: int, language: str) -> str:
    """Return what an office is called, such as `director of workplace 3`.

    Branches go by their sector; numbers count from one.
    """
    tier = int(model.offices["tier"][office])
    sector = model.sector_names[int(model.offices["sector"][office])] if tier == 1 else ""
    first = {0: 0, 1: 0, 2: model.offices.posts - model.planners, 3: model.offices.posts}[tier]
    known = say(f"sectors.{sector}", language) if sector and _has_sector(sector) else sector
    number = office - first + 1
    return say(f"tiers.{TIERS[tier]}.numbered", language, number=number, sector=known)


def _has_sector(name: str) -> bool:
    from ..texts import has

    return has(f"sectors.{name}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def explain_worker(model: Any, row: int, language: str) -> Explanation:
    """Explain one person's month as a worker."""
    speak, people, b = _Speaker("worker", language), model.people, model.behaviour

    def of(name: str) -> float:
        return float(people[name][row])

    knew = [speak(belief, value=of(belief)) for belief in BELIEFS]
    knew += [speak(name, value=of(name)) for name in ("attention", "fulfilment", "trust")]
    knew.append(speak("efficacy", value=of("efficacy")))
    scale = b.scale_cost * model.tenfold
    fear = b.duty + of("cause") + of("pull") - of("tiredness") - scale - of("odds")
    compared = [
        speak("balance"),
        speak("duty", value=b.duty),
        speak("cause", value=of("cause")),
        speak("neighbours_pull", value=of("pull")),
        speak("fatigue", value=-of("tiredness")),
        speak("fear", value=-fear),
        speak("scale", value=-scale),
        speak("total", value=of("odds"), chance=float(logistic(of("odds")))),
    ]
    did = [speak("took_part" if of("engaged") else "stayed_away")]
    did += [speak("met")] if of("meets") else []
    did += _signatures(model, row, speak) if of("engaged") else []
    did.append(speak("effort", value=of("effort")))
    did.append(speak("private_hours", hours=round(HOURS * of("private_work"))))
    who = _capital(say("tiers.worker.numbered", language, number=row + 1))
    return speak.explanation(who, model.month, knew, compared, did)


def _signatures(model: Any, row: int, speak: _Speaker) -> list[str]:
    """Say which petitions against the four offices above a person it signed or voted on."""
    offices, people = model.offices, model.people
    site = int(people["workplace"][row])
    head = int(offices["superior"][site])
    planners = range(offices.posts - model.planners, offices.posts)
    delegate = offices.posts + int(people["district"][row])
    above = [(site, 0), (head, 1), *((p, 2) for p in planners), (delegate, 3)]
    said = []
    for office, kind in above:
        ballot, running = offices["ballot"][office] == 1, offices["petition"][office] > 0
        if not ballot and not running:
            continue
        belief = float(people[BELIEFS[kind]][row])
        alleged = float(offices["alleged"][office])
        against = bool(wants_removal(belief, alleged, float(people["tolerance"][row])))
        if ballot:
            key = "voted_remove" if against else "voted_keep"
        else:
            key = "signed" if against else "not_signed"
        said.append(speak(key, office=office_name(model, office, speak.language)))
    return said or [speak("no_petition")]


def explain_official(model: Any, office: int, language: str) -> Explanation:
    """Explain the month of whoever holds a post; says so when nobody does."""
    speak, people, b = _Speaker("official", language), model.people, model.behaviour
    who = _capital(office_name(model, office, language))
    holder = int(model.offices["holder"][office])
    if holder < 0:
        return speak.explanation(who, model.month, [], [], [speak("vacant")])

    def of(name: str) -> float:
        return float(model.offices[name][office])

    def has(name: str) -> float:
        return float(people[name][holder])

    detection = float(detection_learnt(has("risk"), has("churn")))
    ahead = float(horizon(b.patience, has("churn"), of("end")))
    advantage = of("pay") - has("bench")
    kept = kept_of_take(b.favour_share, model.rules.restitution, has("recovery"))
    temptation = has("greed") * kept * of("room")
    fine = has("fine_risk") * model.rules.sanction * of("pay")
    owed = float(damages(of("taken"), model.rules.restitution, of("pay")))
    surplus = advantage + has("vocation")
    rent = float(tolerable_rent(temptation, surplus, ahead, detection, fine))
    knew = [
        speak("risk", value=has("risk")),
        speak("detection", value=detection),
        *_coming(of("end"), speak),
        speak("discount", value=ahead),
    ]
    compared = [
        speak("temptation", value=of("room")),
        speak("greed", value=has("greed")),
        speak("advantage", value=advantage),
        speak("vocation", value=has("vocation")),
        speak("fine", value=model.rules.sanction * of("misuse") + owed / max(of("pay"), 1e-12)),
        speak("reservation", value=rent),
    ]
    return speak.explanation(who, model.month, knew, compared, _official_deeds(of, speak))


def _coming(end: float, speak: _Speaker) -> list[str]:
    """Say which end in sight a holder reckons with, if any."""
    return [speak("end", value=end)] if end > 0.0 else []


def _official_deeds(of: Any, speak: _Speaker) -> list[str]:
    """Say what the holder of a post did."""
    room, take = of("room"), of("take")
    did = [
        speak("took", value=take, share=take / room)
        if take > 0.0 and room > 0.0
        else speak("took_nothing"),
        speak("means", share=of("diversion")),
        speak("hid", share=of("hiding")),
    ]
    if of("tier") == 0:
        padded, hidden = of("padding"), of("hidden_capacity")
        did.append(speak("padded", value=padded) if padded > 0 else speak("reported_truly"))
        did.append(speak("concealed", value=hidden))
    passed = max(0.0, take + of("favour") - of("gain"))
    did.append(speak("favours", value=passed) if passed > 0.0 else speak("no_favours"))
    return did


def explain_delegate(model: Any, office: int, language: str) -> Explanation:
    """Explain the month of whoever holds a seat; says so when nobody does."""
    speak, people, b = _Speaker("delegate", language), model.people, model.behaviour
    offices = model.offices
    who = _capital(office_name(model, office, language))
    holder = int(offices["holder"][office])
    if holder < 0:
        return speak.explanation(who, model.month, [], [], [speak("vacant")])
    churn = float(people["churn"][holder])
    advantage = float(offices["pay"][office] - people["bench"][holder])
    stake = max(0.0, advantage + float(people["vocation"][holder]))
    end = float(offices["end"][office])
    ahead = float(horizon(b.patience, churn, end))
    loss = float(place_value(stake, ahead))
    offer = float(offices["offer"][office])
    risk = float(detection_learnt(people["risk"][holder], churn))
    risk *= float(recognisable(misuse_of(offer, model.mean_wage)))
    knew = [speak("offer", value=offer) if offer > 0.0 else speak("no_offer")]
    knew += [speak("exposure", value=risk), *_coming(end, speak)]
    compared = [
        speak(
            "compared",
            favour=float(people["greed"][holder]) * offer,
            honour=b.honour,
            risk=risk,
            loss=loss,
            cost=b.honour + risk * loss,
        )
    ]
    post = int(offices["inspected"][office])
    did = [
        speak("inspected", office=office_name(model, post, language))
        if post >= 0
        else speak("not_inspected")
    ]
    if offices["co_opted"][office] > 0:
        did.append(speak("accepted"))
    elif offer > 0.0:
        did.append(speak("declined"))
    return speak.explanation(who, model.month, knew, compared, did)


def explain_office(model: Any, office: int, language: str) -> Explanation:
    """Explain the month of an office's holder, official or delegate."""
    seat = int(model.offices["tier"][office]) == DELEGATE
    return (explain_delegate if seat else explain_official)(model, office, language)
