"""A version of the model goes by another's fingerprint only where their histories are equal."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from thermidor.experiments.equality import ROOT, cases, lived, many, unlike, unpacked
from thermidor.experiments.identity import EQUALS, model_fingerprint, stands_for
from thermidor.model.scenario import Scenario

PARTS = ("agents", "model", "texts", "__init__.py")
LITTLE = [(seed, 4, {"population": {"workers": 100}}) for seed in (1, 2)]


def copied(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """Return a copy of the model in which one piece of a file reads otherwise."""
    tree = folder / "thermidor"
    tree.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tree / part)
    if file:
        text = (tree / file).read_text(encoding="utf-8")
        assert old in text
        (tree / file).write_text(text.replace(old, new), encoding="utf-8")
    return tree


@pytest.fixture(autouse=True)
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the model as plain Python: compiling two versions would take minutes."""
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")


def test_another_comment_makes_another_version_with_equal_histories(tmp_path: Path) -> None:
    older = copied(tmp_path / "older")
    newer = copied(tmp_path / "newer", "model/needs.py", "\ndef ", "\n# As before.\ndef ")
    then, now = lived(older, LITTLE), lived(newer, LITTLE)
    assert then.version != now.version
    assert then.declared == now.declared
    assert unlike(then, now) == []


def test_a_changed_rule_is_noticed_in_every_society_that_it_reaches(tmp_path: Path) -> None:
    older = copied(tmp_path / "older")
    newer = copied(
        tmp_path / "newer", "agents/compiled.py", "speed * (goal", "0.999 * speed * (goal"
    )
    assert unlike(lived(older, LITTLE), lived(newer, LITTLE)) == [0, 1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("model/parameters.py", "sweep=(1.2, 3.0)", "sweep=(1.2, 4.0)"),  # what studies draw from
        ("model/parameters.py", "2.0, 1.0, 10.0, unit=", "3.0, 1.0, 10.0, unit="),
        ("model/verdict.py", "capture: float = 0.05", "capture: float = 0.5"),
    ],
)
def test_a_changed_range_default_or_threshold_is_another_model(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    then = lived(copied(tmp_path / "older"), [])
    now = lived(copied(tmp_path / "newer", file, old, new), [])
    assert then.declared != now.declared


def test_a_version_that_cannot_live_says_why_in_a_line(tmp_path: Path) -> None:
    broken = copied(tmp_path / "older", "model/needs.py", "from __future__", "from __past__")
    with pytest.raises(RuntimeError, match=r"No module named '__past__'"):
        lived(broken, LITTLE)


def test_an_unknown_revision_is_refused_in_a_line(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the project is under no version control")
    with pytest.raises(RuntimeError, match=r"^\S.*no-such-revision"):
        unpacked("no-such-revision", tmp_path)
    asked = [sys.executable, "-m", "thermidor.experiments.equality", "no-such-revision"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_other_words_for_a_unit_are_no_other_model(tmp_path: Path) -> None:
    then = lived(copied(tmp_path / "older"), [])
    now = lived(
        copied(tmp_path / "newer", "model/parameters.py", "mean wages of a director", "wages"), []
    )
    assert then.version != now.version
    assert then.declared == now.declared


def test_a_handful_of_societies_is_not_enough() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 100 up"):
        many("0")


def test_drawn_societies_are_valid_and_spread_over_the_rules() -> None:
    drawn = [Scenario().replace(**changes) for _, _, changes in cases(60)]
    assert {s.rules.recall_reach for s in drawn} == {"delegates", "officials", "both"}
    assert {s.rules.wage_cap is None for s in drawn} == {True, False}
    assert len({s.economy.market for s in drawn}) == 2


def test_who_was_found_equal_is_written_as_pairs_of_fingerprints() -> None:
    lines = [line for line in EQUALS.read_text().splitlines() if line and line[0] != "#"]
    assert all(re.fullmatch("[0-9a-f]{64} [0-9a-f]{64}", line) for line in lines)
    named = [line.split()[0] for line in lines]
    assert len(named) == len(set(named))
    assert not {line.split()[1] for line in lines} & set(named), "chains would need two looks"
    assert model_fingerprint() == stands_for(model_fingerprint(), EQUALS.read_text())
