"""What the views beside Explore ask of the server: one file a view, nothing of the model loaded."""

from __future__ import annotations

from .compare import Compare
from .ensemble import Ensemble
from .explore import Explore
from .learn import Learn
from .map import Map
from .part import Host, Part
from .teach import Teach

KINDS: dict[str, type[Part]] = {
    one.name: one for one in (Explore, Compare, Ensemble, Map, Learn, Teach)
}


def parts(stage: Host) -> dict[str, Part]:
    """Return a visitor's parts under the names that their messages begin with."""
    return {name: kind(stage) for name, kind in KINDS.items()}


__all__ = ["Host", "Part", "parts"]
