"""The commands claim and screen as a user meets them: answers, pages, interruptions, faults."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from thermidor import cli
from thermidor.experiments.evidence import claim, screening, trials
from thermidor.experiments.evidence.claim import Size
from thermidor.model.scenario import Scenario

TINY = Size(3, 2, 1, 1, 1, 1, 1, 2, 3, 2, 2, 100, 13, 100, 14)
CATALOGUE = ("nomenklatura", "workers-democracy", "audited-meritocracy")
SMALL = Scenario(population={"workers": 100}, months=13)  # type: ignore[arg-type]


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "QUICK", TINY)
    monkeypatch.setattr(claim, "all_scenarios", lambda: dict.fromkeys(CATALOGUE, SMALL))
    monkeypatch.setattr("thermidor.experiments.evidence.summary.scenario_names", lambda: CATALOGUE)


@pytest.mark.slow
def test_the_claim_is_answered_in_both_languages_and_written_down(tmp_path: Path) -> None:
    page = tmp_path / "pages" / "findings.md"
    words = ("claim", "--quick", "--out", str(tmp_path / "kept"), "--doc", str(page))
    english, russian = command(*words), command(*words, "--lang", "ru")
    assert english.exit_code == russian.exit_code == 0
    assert "nomenklatura" in english.stdout
    assert "номенклатура" in russian.stdout
    assert "`thermidor claim --quick --seed 1`" in page.read_text("utf-8")


@pytest.mark.slow
def test_an_interrupted_claim_keeps_what_is_done_and_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("claim", "--quick", "--out", str(tmp_path))
    whole, lived = trials.carry_out, []

    def counted(*given: Any, stop: int = 0) -> Any:
        for reading in whole(*given):
            lived.append(reading.pattern)
            if stop and len(list(tmp_path.rglob("*.npz"))) == stop:
                raise KeyboardInterrupt
            yield reading

    monkeypatch.setattr(trials, "carry_out", partial(counted, stop=2))
    stopped = command(*words)
    assert stopped.exit_code == 130
    assert str(tmp_path) in stopped.stderr
    assert not (tmp_path / "findings.md").exists()
    done = {part.stem for part in tmp_path.rglob("*.npz")}
    lived.clear()
    monkeypatch.setattr(trials, "carry_out", counted)
    assert command(*words).exit_code == 0
    assert lived
    assert not done & set(lived)
    lived.clear()
    assert command(*words).exit_code == 0
    assert not lived


@pytest.mark.slow
def test_screening_is_told_and_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screening, "BASE", SMALL)
    done = command("screen", "--trajectories", "2", "--out", str(tmp_path))
    assert done.exit_code == 0
    assert "2 trajectories" in done.stdout
    assert (tmp_path / "screening.md").exists()


FAULTS = {
    "a negative seed": (("claim", "--seed", "-1"), "the seed must be zero or more"),
    "a negative seed of a walk": (("screen", "--seed", "-1"), "the seed must be zero or more"),
    "a negative seed of a fit": (("calibrate", "--seed", "-1"), "the seed must be zero or more"),
    "a negative seed of a search": (
        ("objections", "--search", "--seed", "-1"),
        "the seed must be zero or more",
    ),
    "more kept than drawn": (("calibrate", "--draws", "8", "--keep", "9"), "no more than 8"),
    "quick, and so many points": (("claim", "--quick", "--share", "0.5"), "leave one of them out"),
    "quick, and so many runs": (("validate", "--quick", "--replicates", "9"), "leave one"),
    "a quick search that is none": (("objections", "--quick"), "add --search"),
    "an unknown language": (("claim", "--lang", "fr"), "the languages are en, ru"),
    "too few trajectories": (("screen", "--trajectories", "1"), "greater than or equal to 2"),
    "no process at all": (("claim", "--processes", "0"), "greater than or equal to 1"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_in_one_sentence(case: str, tmp_path: Path) -> None:
    words, told = FAULTS[case]
    done = command(*words, "--out", str(tmp_path))
    assert done.exit_code == 2
    assert told in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.output).split())
    assert "Traceback" not in done.output


PLACES = [
    *(("claim", option) for option in ("--out", "--doc")),
    *(("validate", option) for option in ("--out", "--doc", "--json")),
    *(("ablate", option) for option in ("--out", "--doc")),
    *(("calibrate", option) for option in ("--out", "--doc", "--ensemble")),
    *(("objections --search", option) for option in ("--out", "--doc", "--regions")),
]


@pytest.mark.parametrize(("words", "option"), PLACES)
def test_a_folder_that_is_a_file_is_told_before_anything_is_run(
    words: str, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("an experiment was begun")

    monkeypatch.setattr("thermidor.experiments.terminal.keep_going", never)
    (tmp_path / "taken").write_text("")
    place = tmp_path / "taken" / ("" if option == "--out" else "page.md")
    done = command(*words.split(), "--out", str(tmp_path), option, str(place))
    assert done.exit_code == 2
    assert "taken" in done.output
