"""The commands sweep and merge as a user meets them."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sweeps import design_file, parts
from typer.testing import CliRunner, Result

from thermidor import cli, texts
from thermidor.experiments.sweeps import display, jobs


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder with the small design in it, with one core."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("thermidor.experiments.sweeps.runner.cores", lambda: 1)
    design_file(tmp_path)


def command(*words: str, **options: Any) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False, **options)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_dry_run_says_how_many_how_long_how_large_and_keeps_nothing() -> None:
    done = command("sweep", "design.toml", "--dry-run")
    assert done.exit_code == 0
    assert "6 points, 2 replicates each: 12 runs." in done.stdout
    started = "besides a few seconds to start"
    assert re.search(rf"Time on 1 core: about \d+ seconds?, {started}\.", done.stdout)
    assert re.search(r"Space on disk: about \d+ kB\.", done.stdout)
    assert [entry.name for entry in Path().iterdir()] == ["design.toml"]


def test_a_sweep_ends_in_how_its_runs_ended() -> None:
    done = command("sweep", "design.toml", "--out", "out")
    assert done.exit_code == 0
    assert "out holds 12 of 12 runs." in done.stdout
    shares = [int(share) for share in re.findall(r"(\d+)%\s+\d+% –", done.stdout)]
    assert 98 <= sum(shares) <= 102
    assert len(parts(Path("out"))) >= 1


def test_the_same_command_again_makes_nothing_and_says_the_same() -> None:
    first = command("sweep", "design.toml", "--out", "out").stdout
    before = parts(Path("out"))
    assert command("sweep", "design.toml", "--out", "out").stdout == first
    assert parts(Path("out")) == before


def test_a_sweep_is_told_in_russian() -> None:
    for words in (["--dry-run"], ["--out", "out"]):
        done = command("sweep", "design.toml", *words, "--lang", "ru")
        assert "12 прогонов" in done.stdout
        assert "runs" not in done.stdout


def test_batch_writes_plain_lines() -> None:
    done = command("sweep", "design.toml", "--out", "out", "--batch")
    lines = done.stderr.splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d 12 of 12 runs done", lines[-1])
    assert "\x1b" not in done.stderr


def test_progress_is_told_with_its_rate_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 10.0, 20.0])
    monkeypatch.setattr(display.time, "monotonic", lambda: next(clock))
    words = display._Words("en")
    assert words(100, 1000) == "100 of 1000 runs done"
    assert words(150, 1000) == "150 of 1000 runs, 5.0 a second, about 3 minutes left"


def test_ctrl_c_keeps_runs_and_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    made = jobs.simulate

    def interrupted(job: Any) -> Any:
        if job.index == 6:
            raise KeyboardInterrupt
        return made(job)

    monkeypatch.setattr("thermidor.experiments.sweeps.work.SHORTEST", 1e-9)
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "simulate", interrupted)
        done = command("sweep", "design.toml", "--out", "out")
    assert done.exit_code == 130
    assert "out holds 6 of 12 runs." in done.stdout
    assert "out holds 12 of 12 runs." in command("sweep", "design.toml", "--out", "out").stdout


def test_failed_runs_are_counted_and_the_first_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = jobs.simulate

    def spoilt(job: Any) -> Any:
        if job.index in (3, 4):
            raise MemoryError(f"no room for run {job.index}")
        return made(job)

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "simulate", spoilt)
        done = command("sweep", "design.toml", "--out", "out")
    assert done.exit_code == 0
    told = "2 runs ended in an error, the first with: MemoryError: no room for run 3"
    assert told in plain(done.stdout)
    assert (
        "ended in an error" not in command("sweep", "design.toml", "--out", "out", "--retry").stdout
    )


def test_a_dry_run_says_why_runs_it_tries_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(job: Any) -> Any:
        raise MemoryError(f"no room for run {job.index}")

    monkeypatch.setattr(jobs, "simulate", spoilt)
    done = command("sweep", "design.toml", "--dry-run")
    told = "Of 4 runs tried 4 ended in an error, the first with: MemoryError: no room for run 0"
    assert told in plain(done.stdout)


def test_shards_are_made_apart_and_merged_with_a_table() -> None:
    for k in ("1", "2"):
        done = command("sweep", "design.toml", "--out", f"shard-{k}", "--shard", f"{k}/2")
        assert f"shard-{k} holds 6 of 12 runs." in done.stdout
    done = command("merge", "whole", "shard-1", "shard-2", "--csv")
    assert done.exit_code == 0
    assert "whole holds 12 of 12 runs." in done.stdout
    assert "Wrote whole/table.csv" in plain(done.stderr)
    assert len(pd.read_csv("whole/table.csv", skiprows=6)) == 24


def test_what_merge_leaves_behind_is_named() -> None:
    command("sweep", "design.toml", "--out", "out")
    spoilt = parts(Path("out"))[0]
    spoilt.write_bytes(b"nothing")
    done = command("merge", "whole", "out")
    assert f"Left behind, damaged or of another sweep: {spoilt}" in plain(done.stderr)


@pytest.mark.parametrize(("language", "said"), [("en", "Left out, "), ("ru", "Не учтено, ")])
def test_an_analysis_tells_of_damaged_parts_in_one_line(language: str, said: str) -> None:
    command("sweep", "design.toml", "--out", "out", "--shard", "1/2")
    command("sweep", "design.toml", "--out", "out")
    parts(Path("out"))[0].write_bytes(b"nothing")
    done = command("analyse", "out", "--figure", "effects", "--lang", language)
    first = done.stderr.splitlines()[0]
    assert first.startswith(said)
    assert " out;" in first
    assert "Warning" not in done.stderr
    assert ".py" not in done.stderr


FAULTS = {
    "no such design": (("sweep", "none.toml", "--out", "out"), "there is no file none.toml."),
    "another design": (("sweep", "other.toml", "--out", "out"), "out holds another sweep: seed is"),
    "a shard of none": (
        ("sweep", "design.toml", "--out", "new", "--shard", "0/0"),
        "at least one shard, not 0; the nearest valid shard is 1/1.",
    ),
    "a forecast of no such shard": (
        ("sweep", "design.toml", "--dry-run", "--shard", "9/2"),
        "a shard is one of 1/2 to 2/2, not 9/2; the nearest valid shard is 2/2.",
    ),
    "no such shard": (
        ("sweep", "design.toml", "--out", "new", "--shard", "3/2"),
        "a shard is one of 1/2 to 2/2, not 3/2; the nearest valid shard is 2/2.",
    ),
    "a file for a folder": (
        ("sweep", "design.toml", "--out", "design.toml"),
        "design.toml is a file, not a folder.",
    ),
    "processes and a cluster": (
        ("sweep", "design.toml", "--out", "new", "--dask", "tcp://127.0.0.1:9", "--processes", "2"),
        "in processes or on a cluster, not both.",
    ),
    "nothing to merge": (("merge", "whole", "empty"), "empty holds no sweep"),
    "an unknown language": (("sweep", "design.toml", "--dry-run", "--lang", "eo"), "en, ru."),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_in_one_sentence_and_exits_2(case: str) -> None:
    words, said = FAULTS[case]
    Path("empty").mkdir()
    if case == "another design":
        Path("other.toml").write_text("seed = 2\n" + Path("design.toml").read_text())
        command("sweep", "design.toml", "--out", "out")
    done = command(*words)
    assert done.exit_code == 2
    assert said in plain(done.stderr)
    assert len(done.stderr.splitlines()) == 1
    assert not Path("new").exists()  # or a corrected design would find another sweep there


def test_a_dry_run_of_a_shard_is_about_its_runs_only() -> None:
    done = command("sweep", "design.toml", "--dry-run", "--shard", "2/5")
    assert done.exit_code == 0
    assert "6 points, 2 replicates each: 12 runs." in done.stdout
    assert "Shard 2/5 holds 3 of them;" in plain(done.stdout)
    assert [entry.name for entry in Path().iterdir()] == ["design.toml"]


USAGE = {
    "no folder": (("sweep", "design.toml"), "--out"),
    "a shard that is no shard": (("sweep", "design.toml", "--out", "o", "--shard", "x"), "--shard"),
    "no processes": (("sweep", "design.toml", "--out", "o", "--processes", "0"), "--processes"),
    "no folders to merge": (("merge", "whole"), "Missing argument"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_exits_2(case: str) -> None:
    words, said = USAGE[case]
    done = command(*words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_every_duration_and_size_has_words() -> None:
    for language in texts.languages():
        for number in (0.0, 5.0, 500.0, 5e4, 5e6, 5e8, 5e10):
            assert display.duration(number, language)
            assert display.size(number, language)
