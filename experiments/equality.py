"""Compare this model with an earlier version: are all histories equal, byte for byte?

`python -m thermidor.experiments.equality REVISION [--societies 300]` lives through societies with
both versions: every scenario of the catalogue, and societies whose rules, behaviour, size, slack
and shocks are drawn at random. If every month, measure and event is equal, this version goes by the
earlier one's fingerprint from then on, and what was computed with that one stays valid. It ends
with code 1 where a history differs, with 2 where the versions cannot be compared.
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


def lived(tree: Path, societies: Sequence[Case]) -> tuple[str, list[str]]:
    """Return which version stands in a folder named `thermidor`, and its histories' digests.

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
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    version, *digests = done.stdout.split()
    return version, digests


def unpacked(revision: str, folder: Path) -> Path:
    """Return the tree of a revision, unpacked into a folder.

    Raises RuntimeError where git knows no such revision.
    """
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision], capture_output=True, check=False
    )
    if packed.returncode:
        raise RuntimeError(packed.stderr.decode().strip().splitlines()[0])
    tree = folder / "thermidor"
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(tree, filter="data")
    return tree


def compare(older: Path, newer: Path, societies: Sequence[Case]) -> tuple[str, str, list[int]]:
    """Return both versions' fingerprints, and the numbers of the societies that differ."""
    then, before = lived(older, societies)
    now, after = lived(newer, societies)
    unlike = [k for k, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    return then, now, unlike


def main() -> int:
    """Compare, say what came out, and keep it where all histories are equal."""
    parser = argparse.ArgumentParser(description="Compare this model with an earlier version.")
    parser.add_argument("revision", help="the earlier version, as git names it")
    parser.add_argument("--societies", type=int, default=300, help="drawn at random")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "here"
        here.mkdir()
        (here / "thermidor").symlink_to(ROOT)
        try:
            older = unpacked(chosen.revision, Path(folder))
            societies = cases(chosen.societies)
            then, now, unlike = compare(older, here / "thermidor", societies)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
    if unlike:
        print(f"{len(unlike)} of {len(societies)} histories differ, the first of them:")
        print(json.dumps(societies[unlike[0]]))
        return 1
    print(f"All {len(societies)} histories of {MONTHS} months are equal.")
    known = EQUALS.read_text(encoding="utf-8")
    if stands_for(now, known) != stands_for(then, known):
        EQUALS.write_text(f"{known}{now} {stands_for(then, known)}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
