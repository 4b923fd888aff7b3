"""Where objections win: found by search, shipped as data, read by whoever shows or tries them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ...intervals import share_interval
from .record import fingerprint
from .space import Box

FILE = "regions.toml"
WINS, AT_POINTS, NOWHERE = "region", "points", "nowhere"
HEAD = """\
# Where each objection wins: written by `thermidor objections --search`, not by hand. Limits are the
# lowest and highest value of a number, or the options left; `claims` are shares of the region's
# societies in which each claim held.
"""


@dataclass(frozen=True)
class Share:
    """Of so many societies, those in which an objection won."""

    wins: int
    points: int

    @property
    def value(self) -> float:
        """The share itself."""
        return self.wins / self.points

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval (Wilson)."""
        return share_interval(self.wins, self.points)


@dataclass(frozen=True)
class Region:
    """Where an objection wins: limits on few settings, and how often it does there.

    `seen` counts all societies that were drawn for it; `claims` tells in what share of the region's
    societies each claim held; `volume` is the region's share of the whole space. `seed` is the
    search's, `model` the digits of the model and the objections that it was counted with.
    """

    number: int
    limits: Box
    inside: Share
    whole: Share
    seen: Share
    volume: float
    claims: Mapping[str, float] = field(default_factory=dict)
    seed: int = 1
    model: str = field(default_factory=fingerprint)

    @property
    def stale(self) -> bool:
        """Whether model or objections have changed since it was counted."""
        return self.model != fingerprint()

    @property
    def standing(self) -> str:
        """Whether it surely wins in most societies of the region, in some somewhere, or in none."""
        if self.inside.interval[0] > 0.5:
            return WINS
        return AT_POINTS if self.seen.wins else NOWHERE


@dataclass(frozen=True)
class Found:
    """All regions there are, by number, those of an earlier model among them."""

    regions: Mapping[int, Region]

    @property
    def stale(self) -> bool:
        """Whether any was counted with another model, or with other objections."""
        return any(region.stale for region in self.regions.values())

    @property
    def valid(self) -> Mapping[int, Region]:
        """Those of the present model."""
        return {number: region for number, region in self.regions.items() if not region.stale}


@cache
def shipped() -> Found:
    """Return the regions that come with the package."""
    return parse(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Found:
    """Return regions as written by `write`."""
    tables = tomllib.loads(text)
    return Found({int(number): _region(int(number), table) for number, table in tables.items()})


def _region(number: int, table: dict[str, Any]) -> Region:
    return Region(
        number,
        {name: tuple(limit) for name, limit in table["limits"].items()},
        Share(*table["inside"]),
        Share(*table["whole"]),
        Share(*table["seen"]),
        table["volume"],
        table["claims"],
        table["seed"],
        table["model"],
    )


def updated(old: Found, fresh: Iterable[Region]) -> Found:
    """Return what was found with some regions found anew.

    Numbers are as `write` keeps them, so that the search tells the regions that it ships.
    """
    regions = {**old.regions, **{region.number: region for region in fresh}}
    return parse(write(Found(dict(sorted(regions.items())))))


def write(found: Found) -> str:
    """Return regions as TOML."""
    return HEAD + "\n".join(map(_table, found.regions.values())) + "\n"


def _table(region: Region) -> str:
    """Return one region as a table; shares are wins and societies."""
    lines = [
        f"\n[{region.number}]",
        f"inside = [{region.inside.wins}, {region.inside.points}]",
        f"whole = [{region.whole.wins}, {region.whole.points}]",
        f"seen = [{region.seen.wins}, {region.seen.points}]",
        f"volume = {region.volume:.3g}",
        f"seed = {region.seed}",
        f'model = "{region.model}"',
        f"\n[{region.number}.limits]",
        *(
            f'"{name}" = [{", ".join(map(_value, limit))}]'
            for name, limit in sorted(region.limits.items())
        ),
        f"\n[{region.number}.claims]",
        *(f"{name} = {share:g}" for name, share in region.claims.items()),
    ]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
