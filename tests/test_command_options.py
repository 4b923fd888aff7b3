"""Options that commands share: what is wrong with them is told in one sentence, without a frame."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from thermidor import cli

BELOW = "Error: the seed must be zero or more and below 2^63, not -1.\n"


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False)


SEEDED = {
    "run": ("run", "nomenklatura"),
    "compare": ("compare", "nomenklatura", "mondragon"),
    "objection": ("objection", "5"),
    "objections": ("objections", "--check", "1"),
    "calibrate": ("calibrate",),
    "validate": ("validate",),
    "claim": ("claim", "--quick"),
    "screen": ("screen",),
    "search": ("search",),
}


@pytest.mark.parametrize("name", SEEDED)
def test_a_seed_below_zero_is_told_by_every_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(*SEEDED[name], "--seed", "-1")
    assert (done.exit_code, done.stderr) == (2, BELOW)
    assert not list(tmp_path.iterdir())


def test_a_seed_beyond_what_tables_hold_is_told() -> None:
    done = command("objection", "5", "--seed", str(2**63))
    assert done.exit_code == 2
    assert done.stderr == f"Error: the seed must be zero or more and below 2^63, not {2**63}.\n"


USAGE = {
    "no processes": (("run", "nomenklatura", "--processes", "0"), "'--processes'"),
    "no points": (("objection", "5", "--points", "0"), "'--points'"),
    "no shard": (("sweep", "design.toml", "--shard", "x"), "say K/N, e.g. 2/5, not x."),
    "no folder": (("sweep", "design.toml"), "--out: name the folder to keep runs in."),
    "no scenario": (("run",), "Missing argument"),
    "no such option": (("run", "nomenklatura", "--sed", "3"), "No such option: --sed"),
    "no such command": (("rnu",), "No such command 'rnu'; did you mean 'run'?"),
    "no such option of all": (("--sed",), "No such option: --sed"),
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_is_told_in_one_line(
    case: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THERMIDOR_LANG", language)
    design = 'base = "nomenklatura"\nmonths = 6\n[factors]\nrules.openness = [0.1]\n'
    Path("design.toml").write_text(design)
    words, told = USAGE[case]
    done = command(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_words_at_all_call_for_help() -> None:
    done = command()
    assert "Usage:" in done.output
    assert "Error" not in done.output


@pytest.mark.parametrize("content", ["", " \n\n", "# to be written\n"])
@pytest.mark.parametrize(
    "words", [("run",), ("compare", "nomenklatura"), ("search", "--out=found", "--base")]
)
def test_an_empty_scenario_file_is_refused(
    words: tuple[str, ...], content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.toml").write_text(content)
    done = command(*words, "empty.toml")
    told = 'empty.toml is empty; say what it starts from, e.g. base = "workers-democracy"'
    assert (done.exit_code, done.stderr) == (2, f"Error: {told}.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.toml"]


@pytest.mark.parametrize(
    ("name", "closest"),
    [("../../x", "x"), ("..\\\\x", "x"), ("/tmp/x", "x"), ("../..", "mine"), ("a\\u0000b", "mine")],
)
def test_a_scenario_whose_name_leads_elsewhere_is_refused(
    name: str, closest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(f'name = "{name}"\nbase = "nomenklatura"\n')
    done = command("run", "mine.toml", "--plot", "--out", "there")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: mine.toml: name = ")
    assert done.stderr.endswith(f"; the nearest valid name is {closest}.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    "words", [("run", "nomenklatura"), ("compare", "nomenklatura", "recall-only")]
)
def test_more_runs_than_memory_holds_are_refused_at_once(words: tuple[str, ...]) -> None:
    done = command(*words, "--replicates", "100000000")
    assert done.exit_code == 2
    assert "and a sweep keeps more on disk" in done.stderr
