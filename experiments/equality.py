"""Compare this model with an earlier version: are all histories equal, byte for byte?

`python -m thermidor.experiments.equality REVISION [--societies 300]` lives through societies with
both versions: every scenario of the catalogue, and societies whose rules, behaviour, size, slack
and shocks are drawn at random. If every month, event and verdict is equal, and so are defaults,
ranges and thresholds, this version goes by the earlier one's fingerprint from then on, and what was
computed with that one stays valid. It ends with code 1 where something differs, with 2 where the
versions cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from ..model.parameters import GROUPS
from ..scenarios import all_scenarios
from .evidence.objections.space import factor
from .identity import EQUALS, stands_for

ROOT = Path(__file__).parent.parent
MONTHS = 120
LEAST = 100  # societies drawn, below which equal histories say little
WORKERS = (100, 1500)
OFF = 0.3  # share of drawn societies without an institution that may be switched off
NOT_DRAWN = ("economy.table", "population")

Case = tuple[int, int, dict[str, dict[str, Any]]]  # seed, months, changes by group


def cases(count: int) -> list[Case]:
    """Return the catalogue's scenarios and `count` societies drawn at random."""
    rng = np.random.default_rng(count)
    told = [{g: getattr(s, g).model_dump() for g in GROUPS} for s in all_scenarios().values()]
    drawn = [_drawn(rng) for _ in range(count)]
    return [(seed, MONTHS, changes) for seed, changes in enumerate([*told, *drawn])]


def _drawn(rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Return one society's settings by group."""
    changes: dict[str, dict[str, Any]] = {
        group: {
            name: _value(f"{group}.{name}", about, rng)
            for name, about in kind.describe().items()
            if f"{group}.{name}" not in NOT_DRAWN
        }
        for group, kind in GROUPS.items()
        if group not in NOT_DRAWN
    }
    return changes | {"population": {"workers": int(rng.integers(*WORKERS))}}


def _value(path: str, about: dict[str, Any], rng: np.random.Generator) -> Any:
    value = factor(path).value(rng.random())
    return None if about["optional"] and rng.random() < OFF else value


@dataclass(frozen=True)
class Lived:
    """A version's sources, and digests of what it declares and of the histories it made."""

    version: str
    declared: str
    histories: list[str]


def lived(tree: Path, societies: Sequence[Case]) -> Lived:
    """Return what the version in a folder named `thermidor` declares and makes of societies.

    Raises RuntimeError with the last line of what went wrong there.
    """
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).with_name("histories.py"))],
        input="\n".join(json.dumps(case) for case in societies),
        env=os.environ | {"PYTHONPATH": str(tree.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["A version was ended before its time."]
        raise RuntimeError(said[-1])
    version, declared, *histories = done.stdout.split()
    return Lived(version, declared, histories)


def unpacked(revision: str, folder: Path) -> Path:
    """Return the tree of a revision, unpacked into a folder.

    Raises RuntimeError where git knows no such revision, or where there is no git.
    """
    asked = ["git", "-C", str(ROOT), "archive", revision]
    try:
        packed = subprocess.run(asked, capture_output=True, check=False)
    except FileNotFoundError:
        raise RuntimeError("Earlier versions are read by git, which is not installed.") from None
    if packed.returncode:
        raise RuntimeError(packed.stderr.decode().strip().splitlines()[0])
    tree = folder / "thermidor"
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(tree, filter="data")
    return tree


def unlike(then: Lived, now: Lived) -> list[int]:
    """Return the numbers of the societies that differ."""
    pairs = zip(then.histories, now.histories, strict=True)
    return [k for k, (before, after) in enumerate(pairs) if before != after]


def keep(then: Lived, now: Lived) -> None:
    """Let the version of now go by the fingerprint of the one of then."""
    known = EQUALS.read_text(encoding="utf-8")
    first = stands_for(then.version, known)
    if stands_for(now.version, known) != first:
        EQUALS.write_text(f"{known}{now.version} {first}\n", encoding="utf-8")


def main() -> int:
    """Compare, say what came out, and keep it where all histories are equal."""
    parser = argparse.ArgumentParser(description="Compare this model with an earlier version.")
    parser.add_argument("revision", help="the earlier version, as git names it")
    parser.add_argument("--societies", type=many, default=300, help="drawn at random, 100 at least")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "here"
        here.mkdir()
        (here / "thermidor").symlink_to(ROOT)
        try:
            older = unpacked(chosen.revision, Path(folder))
            societies = cases(chosen.societies)
            then, now = lived(older, societies), lived(here / "thermidor", societies)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
    if then.declared != now.declared:
        print("Defaults, ranges or the verdict's thresholds differ.")
        return 1
    if differing := unlike(then, now):
        print(f"{len(differing)} of {len(societies)} histories differ, the first of them:")
        print(json.dumps(societies[differing[0]]))
        return 1
    print(f"All {len(societies)} histories of {MONTHS} months are equal.")
    keep(then, now)
    return 0


def many(text: str) -> int:
    """Return a number of societies that tell something; raises ArgumentTypeError for others."""
    if not text.isdecimal() or int(text) < LEAST:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from {LEAST} up")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
