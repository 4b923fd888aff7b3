"""One visitor: which society is on the page and which rules were changed when.

A plain object, one per visitor, that knows nothing of Solara. It changes only through its methods;
`generation` counts the changes, so that an answer to an older question can be told and dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..model.declaration import ParameterError
from ..model.parameters import Rules
from ..model.scenario import Scenario
from ..scenarios import load_scenario, names
from ..scenarios.ensemble import load_ensemble, member_of
from ..texts import languages
from .frames import RunKey, Schedule, window

FIRST = "workers-democracy"
VIEWS = ("explore", "compare", "ensemble", "map", "learn", "teach")
NOTE = re.compile(rf"({'|'.join(VIEWS)})\.[a-z_]+")
MOST_NOTES = 40
LONGEST_NOTE = 400
BEGINNING = ((0, 11), (11, 40))  # first frame and number of what the page asks for first
HIGHEST_SEED = 2**32 - 1  # that of a derived seed


@dataclass
class Session:
    """What one visitor sees: view, scenario, seed, language and the schedule of changed rules.

    `notes` holds what the other views keep in the URL, such as the second society of a comparison,
    under names like "compare.right"; only the view itself reads them. A society of the behaviour
    ensemble behaves as its `member` number so many does, others as their scenario says.
    """

    scenario: Scenario = field(default_factory=lambda: load_scenario(_first()))
    seed: int = 1
    member: int | None = None
    language: str = "en"
    view: str = VIEWS[0]
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    generation: int = 0
    kept_until: int = -1
    complaint: str = ""
    _key: RunKey | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def from_search(cls, search: str | None) -> Session:
        """Restore a session from the query of a URL; what it cannot read it leaves out."""
        session = cls()
        for name, value in parse_qsl((search or "").lstrip("?")):
            try:
                session._read(name, value)
            except (ParameterError, ValueError) as error:
                session.complaint = str(error)
        session.generation = 0
        return session

    @property
    def key(self) -> RunKey:
        """Return the name of the run that is on the page."""
        alone = self.member is None
        scenario = self.scenario if alone else member_of(self.scenario, self.member or 0)
        key = RunKey(scenario, self.seed, self.schedule)
        if key != self._key:  # the one that is known has worked out its name
            self._key = key
        return self._key or key

    @property
    def schedule(self) -> Schedule:
        """Return the changed rules in order of month and name."""
        return tuple(
            (month, tuple(sorted(changes.items())))
            for month, changes in sorted(self.changes.items())
            if changes
        )

    def rules_at(self, month: int) -> Rules:
        """Return the rules as set by scenario and visitor after `month` (amendments apart)."""
        merged = [c for at, c in sorted(self.changes.items()) if at <= month]
        return self.scenario.rules.replace(**{k: v for c in merged for k, v in c.items()})

    def choose(self, name: str) -> None:
        """Open another scenario of the catalogue, with its own rules."""
        if name not in names():
            raise ParameterError(f"There is no scenario {name!r} on this page.")
        self.scenario, self.member = load_scenario(name), None
        self._start_again({})

    def reseed(self, seed: int) -> None:
        """Take another seed: the same society, other chances."""
        if not 0 <= int(seed) <= HIGHEST_SEED:
            raise ParameterError(f"seed = {seed} must be between 0 and {HIGHEST_SEED}.")
        self.seed = int(seed)
        self._start_again(self.changes)

    def behave(self, member: int | None) -> None:
        """Let people behave as a member of the ensemble does, or as the scenario says (None)."""
        highest = len(load_ensemble()) - 1
        if member is not None and not 0 <= int(member) <= highest:
            raise ParameterError(f"member = {member} must be between 0 and {highest}.")
        self.member = None if member is None else int(member)
        self._start_again(self.changes)

    def restore(self) -> None:
        """Return to the rules of the scenario, from the beginning."""
        self._start_again({})

    def change(self, name: str, value: Any, month: int) -> None:
        """Change one rule after `month`; what was changed later is forgotten."""
        month = min(max(int(month), 0), self.scenario.months - 1)
        before = self.rules_at(month - 1) if month else self.scenario.rules
        kept = {at: dict(c) for at, c in self.changes.items() if at <= month}
        here = kept.setdefault(month, {})
        here[name] = value
        after = before.replace(**here)  # refuses what is no rule or out of range
        valid = {k: getattr(after, k) for k in here if getattr(after, k) != getattr(before, k)}
        kept[month] = valid
        self.changes = {at: c for at, c in kept.items() if c}
        self.generation += 1
        self.kept_until = month if month else -1

    def speak(self, language: str) -> None:
        """Switch the language of the page."""
        if language not in languages():
            raise ParameterError(f"There is no language {language!r}.")
        self.language = language

    def show(self, view: str) -> None:
        """Turn to another view of the page."""
        if view not in VIEWS:
            raise ParameterError(f"There is no view {view!r}; there are {', '.join(VIEWS)}.")
        self.view = view

    def note(self, name: str, value: str) -> None:
        """Keep what a view wants to find again in the URL; an empty value forgets it."""
        if not NOTE.fullmatch(name):
            raise ParameterError(f"The page keeps nothing under the name {name!r}.")
        if len(value) > LONGEST_NOTE:
            raise ParameterError(
                f"What is kept under {name} may have {LONGEST_NOTE} signs at most."
            )
        self.notes.pop(name, None)
        if value and len(self.notes) < MOST_NOTES:
            self.notes[name] = value

    def open(self, search: str) -> None:
        """Open the society, and the view, that the query of a URL names; the language stays.

        What it notes of a view takes the place of all that was noted of that view.

        Raises ParameterError, and changes nothing, where the query cannot be read.
        """
        other = Session.from_search(search)
        if other.complaint:
            raise ParameterError(other.complaint)
        self.scenario, self.seed, self.view = other.scenario, other.seed, other.view
        self.member = other.member
        named = {name.partition(".")[0] for name in other.notes}
        others = {k: v for k, v in self.notes.items() if k.partition(".")[0] not in named}
        self.notes = others | other.notes
        self._start_again(other.changes)

    def window(self, start: int, count: int) -> tuple[int, int]:
        """Return the frames that may be asked for: inside the run and not too many at once."""
        return window(start, count, self.scenario.months)

    def search(self) -> str:
        """Return the query of a URL that restores this session."""
        pairs = [("scenario", self.scenario.name), ("seed", str(self.seed))]
        if self.view != VIEWS[0]:
            pairs.insert(0, ("view", self.view))
        if self.member is not None:
            pairs.append(("member", str(self.member)))
        pairs.append(("lang", self.language))
        pairs += [*self.rule_pairs(), *sorted(self.notes.items())]
        return "?" + urlencode(pairs, safe=":=")

    def rule_pairs(self) -> list[tuple[str, str]]:
        """Return the changed rules as names and values of a URL's query."""
        pairs: list[tuple[str, str]] = []
        for month, changes in self.schedule:
            pairs += [(name, written_value(value)) for name, value in changes if month == 0]
            later = [f"{name}={written_value(value)}" for name, value in changes if month > 0]
            pairs += [("at", f"{month}:{text}") for text in later]
        return pairs

    def _read(self, name: str, value: str) -> None:
        if name == "scenario":
            self.choose(value)
        elif name == "seed":
            self.reseed(_whole(name, value))
        elif name == "member":
            self.behave(_whole(name, value))
        elif name == "lang":
            self.speak(value)
        elif name == "at":
            month, _, change = value.partition(":")
            rule, _, text = change.partition("=")
            self._read_rule(rule, text, _whole("at", month))
        elif name == "view":
            self.show(value)
        elif NOTE.fullmatch(name):
            self.note(name, value)
        elif name in Rules.model_fields:
            self._read_rule(name, value, 0)

    def _read_rule(self, name: str, text: str, month: int) -> None:
        value = getattr(self.scenario.set(f"rules.{name}", text).rules, name)
        self.change(name, value, month)

    def _start_again(self, changes: dict[int, dict[str, Any]]) -> None:
        self.changes = changes
        self.generation += 1
        self.kept_until = -1


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ParameterError(f"{name} = {text!r} must be a whole number.") from None


def _first() -> str:
    known = names()
    return FIRST if FIRST in known else known[0]


def written_value(value: Any) -> str:
    """Return a rule's value as it stands in a URL and on the command line."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
