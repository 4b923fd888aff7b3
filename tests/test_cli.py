"""The command `thermidor` as a user meets it: answers, files, faults told in one sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import thermidor
from thermidor import cli, texts
from thermidor.model.table_files import save_table
from thermidor.model.table_generator import generate_table

SMALL = ["--set=population.workplace_size=10", "--set=population.workers_per_delegate=20"]
QUICK = [*SMALL, "--workers-count=100", "--months=14"]


def command(*words: str, **options: Any) -> Result:
    return CliRunner().invoke(cli.app, list(words), catch_exceptions=False, **options)


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from thermidor.cli import main; main()", *words],
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def unread(*words: str) -> str:
    """Return what a command of its own process says on stderr while nobody reads its answer."""
    code = "from thermidor.cli import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout
    started.stdout.close()
    assert started.stderr
    told = started.stderr.read()
    started.wait(timeout=120)
    return told


def plain(text: str) -> str:
    """Undo line breaks and frames."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


# --- help and version -----------------------------------------------------------------------------


def test_help_needs_no_model_and_no_numbers() -> None:
    code = (
        "import sys\nfrom thermidor import cli\n"
        "try: cli.main()\nexcept SystemExit as end: assert not end.code\n"
        "heavy = {'numba', 'numpy', 'pandas', 'mesa', 'matplotlib', 'solara'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    for words in (["--help"], ["run", "--help"], ["--version"]):
        subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True)


@pytest.mark.parametrize("name", ["scenarios", "run", "compare", "plan", "dashboard"])
def test_every_command_is_listed_and_has_help(name: str) -> None:
    assert name in command("--help").output
    assert command(name, "--help").exit_code == 0


def test_the_version_is_the_packages() -> None:
    assert command("--version").output == f"thermidor {thermidor.__version__}\n"


def test_the_installed_command_runs() -> None:
    installed = Path(sys.executable).with_name("thermidor")
    done = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("thermidor ")


# --- scenarios ------------------------------------------------------------------------------------


def test_scenarios_are_listed_by_name_and_title() -> None:
    output = command("scenarios").output
    for scenario in thermidor.scenarios.all_scenarios().values():
        assert scenario.name in output
        assert scenario.title["en"] in output


def test_one_scenario_is_told_with_what_it_rests_on_and_what_it_sets() -> None:
    output = plain(command("scenarios", "peru-recall").output)
    scenario = thermidor.load_scenario("peru-recall")
    for text in (scenario.story, scenario.anchored_on, scenario.not_anchored_on):
        assert plain(text["en"]) in output
    assert "rules.recall_threshold 30% 25%" in output
    assert scenario.hash() in output


def test_a_scenario_of_ones_own_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "nomenklatura"\n[rules]\nopenness = 0.37\n')
    output = plain(command("scenarios", str(tmp_path / "mine.toml")).output)
    assert "rules.openness 90% 37%" in output


def test_answers_come_in_russian_by_option_or_environment() -> None:
    title = thermidor.load_scenario("nomenklatura").title["ru"]
    assert title in command("scenarios", "--lang", "ru").output
    assert title in command("scenarios", env={"THERMIDOR_LANG": "ru"}).output


# --- run ------------------------------------------------------------------------------------------


def test_a_single_run_ends_in_a_verdict_in_words() -> None:
    done = command("run", "nomenklatura", *QUICK)
    scenario = thermidor.load_scenario("nomenklatura").replace(
        population={"workers": 100, "workplace_size": 10, "workers_per_delegate": 20}, months=14
    )
    verdict = thermidor.run(scenario).verdicts[0]
    assert done.exit_code == 0
    assert verdict.sentence["en"] in plain(done.output)
    assert "14 months, 100 people, 1 run, seed 1" in done.output


def test_several_runs_end_in_probabilities_with_intervals() -> None:
    done = command("run", "nomenklatura", *QUICK, "--replicates", "3", "--seed", "7")
    assert "3 runs, seed 7" in done.output
    assert re.search(r"\d+%\s+\d+% – \d+%", done.output)
    assert re.search(r"Trust\s+0\.\d+\s+0\.\d+ … 0\.\d+", done.output)


def test_the_seed_decides_the_answer_and_processes_do_not() -> None:
    words = ("run", "nomenklatura", *QUICK, "--replicates", "2")
    once = command(*words).stdout
    assert command(*words, "--processes", "2").stdout == once
    assert command(*words, "--seed", "2").stdout != once


def test_settings_are_changed_in_any_order() -> None:
    """A hundred people cannot have a delegate for every 5,000, so the order would matter."""
    delegates = "--set=population.workers_per_delegate=5000"
    larger = ["--set=population.workers=6000", "--months=1"]
    for words in ([delegates, *larger], [*larger, delegates]):
        assert "6000 people" in command("run", "nomenklatura", *words).output


def test_a_rule_is_changed_on_the_way(tmp_path: Path) -> None:
    words = ["run", "nomenklatura", *QUICK, "--at=6:openness=0.9", "--at=6:rules.wage_cap=2"]
    assert command(*words, f"--out={tmp_path / 'changed'}").exit_code == 0
    assert command("run", "nomenklatura", *QUICK, f"--out={tmp_path / 'plain'}").exit_code == 0
    changed, plain = (
        pd.read_csv(tmp_path / name / "history.csv", comment="#") for name in ("changed", "plain")
    )
    pd.testing.assert_frame_equal(changed[:6], plain[:6])
    assert changed["rule_openness"].tolist()[5:7] == [0.1, 0.9]
    assert changed["rule_wage_cap"][6] == 2
    assert not changed["trust"][6:].equals(plain["trust"][6:])


def test_an_institution_is_switched_off_by_the_word_none(tmp_path: Path) -> None:
    switched = ["--set", "rules.recall_threshold=none", "--out", str(tmp_path)]
    assert command("run", "workers-democracy", *QUICK, *switched).exit_code == 0
    written = thermidor.load_scenario(tmp_path / "scenario.toml")
    assert written.rules.recall_threshold is None


def test_tables_are_written_with_the_command_that_made_them(tmp_path: Path) -> None:
    out = tmp_path / "a folder"
    done = command("run", "nomenklatura", *QUICK, "--replicates=2", "--out", str(out), "--plot")
    assert done.exit_code == 0
    for name in ("history.parquet", "history.csv", "runs.csv", "scenario.toml", "nomenklatura.png"):
        assert (out / name).is_file()
        assert name in plain(done.stderr)
    first = (out / "runs.csv").read_text()
    assert f"--replicates=2 --out '{out}' --plot" in first
    assert len(pd.read_csv(out / "runs.csv", comment="#")) == 2


def test_a_figure_may_be_given_a_name_before_or_after_the_scenario(tmp_path: Path) -> None:
    for place, words in enumerate(
        (("--plot", "{}", "nomenklatura"), ("nomenklatura", "--plot={}"))
    ):
        file = tmp_path / f"{place}.svg"
        done = command("run", *(word.format(file) for word in words), *QUICK)
        assert done.exit_code == 0, done.output
        assert file.is_file()


def test_a_bare_plot_does_not_swallow_the_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("run", "--plot", "nomenklatura", *QUICK).exit_code == 0
    assert (tmp_path / "nomenklatura.png").is_file()


def test_a_cold_cache_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermidor.experiments.pool.is_compiled", lambda: False)
    for language in texts.languages():
        done = command("run", "nomenklatura", *QUICK, "--lang", language)
        assert texts.say("cli.compiling", language) in plain(done.stderr)
        assert texts.say("cli.compiling", language) not in plain(done.stdout)


def test_a_warm_cache_is_not_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermidor.experiments.pool.is_compiled", lambda: True)
    assert command("run", "nomenklatura", *QUICK).stderr == ""


def test_ctrl_c_keeps_what_was_done_and_exits_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thermidor.experiments import pool

    made = pool.simulate

    def interrupted(job: pool.Job, tick: Any) -> pool.Outcome:
        if job.index == 2:
            raise KeyboardInterrupt
        return made(job, tick)

    monkeypatch.setattr(pool, "simulate", interrupted)
    words = ["run", "nomenklatura", *QUICK, "--replicates=5", "--out", str(tmp_path)]
    done = command(*words)
    assert done.exit_code == 130
    assert "Interrupted after 2 of 5 runs" in plain(done.stderr)
    assert "2 runs, seed 1" in done.stdout
    assert len(pd.read_csv(tmp_path / "runs.csv", comment="#")) == 2


@pytest.mark.parametrize(
    "words",
    [("run", "nomenklatura"), ("compare", "nomenklatura", "workers-democracy", "--replicates=1")],
)
def test_files_are_written_and_named_though_nobody_reads_the_answer(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    told = plain(unread(*words, *QUICK, "--out", str(tmp_path), "--plot"))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == (5 if words[0] == "run" else 10)
    assert all(path.name in told for path in written)


def test_an_answer_is_printed_though_its_files_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise thermidor.experiments.OutputError("cannot write x: no space left on device")

    monkeypatch.setattr("thermidor.experiments.plots.save_figure", full)
    done = command("run", "nomenklatura", *QUICK, "--out", str(tmp_path), "--plot")
    assert done.exit_code == 2
    assert "After 14 months" in done.stdout
    assert "runs.csv" in done.stderr
    assert done.stderr.endswith("Error: cannot write x: no space left on device.\n")


# --- compare --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_comparison_ends_in_its_sentence(language: str, tmp_path: Path) -> None:
    words = ["compare", "nomenklatura", "workers-democracy", *QUICK, "--replicates=2"]
    done = command(*words, "--lang", language, "--out", str(tmp_path), "--plot")
    population = {"workers": 100, "workplace_size": 10, "workers_per_delegate": 20}
    pair = [
        thermidor.load_scenario(name).replace(population=population, months=14)
        for name in ("nomenklatura", "workers-democracy")
    ]
    assert done.exit_code == 0
    sentence = thermidor.compare(pair[0], pair[1], replicates=2).sentence(language)
    assert plain(sentence) in plain(done.output)
    assert (tmp_path / "differences.csv").is_file()
    assert (tmp_path / "nomenklatura-workers-democracy.png").is_file()


def test_one_scenario_is_compared_with_a_changed_version_of_itself() -> None:
    change = ["--set-b", "rules.recall_threshold=none", "--replicates=2"]
    done = command("compare", "workers-democracy", "workers-democracy", *QUICK, *change)
    assert "differ in one thing only, “Signatures for a recall”: 30% against no recall" in plain(
        done.output
    )


# --- plan -----------------------------------------------------------------------------------------


def test_an_economy_is_shown_with_its_matrices_and_a_plan() -> None:
    output = plain(command("plan", "germany-1995").output)
    table = thermidor.load_table("germany-1995")
    assert (
        f"2 manufacturing {table.coefficients[1, 0]:.3f} {table.coefficients[1, 1]:.3f}" in output
    )
    assert f"2 manufacturing {table.leontief[1, 0]:.3f} {table.leontief[1, 1]:.3f}" in output
    assert "Score of the plan: 1.0000" in output
    assert "Capacity suffices" in output


def test_needs_beyond_capacity_are_rationed_and_what_is_short_is_named() -> None:
    output = plain(command("plan", "germany-1995", "--needs", "trade=900000").output)
    assert "Capacity falls short in" in output
    assert "trade and transport" in output


def test_both_planners_can_be_asked() -> None:
    scores = {}
    for planner in ("proportional", "optimal"):
        done = command("plan", "generated:20:1", "--scale=1.2", "--planner", planner)
        found = re.search(r"Score of the plan: (\d\.\d+)", plain(done.output))
        assert found
        scores[planner] = float(found[1])
    assert scores["proportional"] <= scores["optimal"] < 1.0


def test_a_large_economy_is_summed_up(tmp_path: Path) -> None:
    save_table(generate_table(60, seed=2), tmp_path / "mine.csv")
    output = plain(command("plan", str(tmp_path / "mine.csv"), "--capacity", "0.9").output)
    assert "mine: 60 sectors" in output
    assert "The 10 largest sectors by output" in output
    assert "The 10 least fulfilled goods" in output


def test_a_plan_is_told_in_russian() -> None:
    output = plain(command("plan", "germany-1995", "--lang", "ru").output)
    assert "сельское хозяйство" in output
    assert "Обратная матрица Леонтьева" in output


# --- dashboard ------------------------------------------------------------------------------------


def test_the_dashboard_is_served_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr("thermidor.dashboard.serve.serve", lambda **given: asked.append(given))
    command("dashboard", "--host", "0.0.0.0", "--port", "9000", "--no-browser")
    command("dashboard", "--visitors", "40")
    assert asked == [
        {"host": "0.0.0.0", "port": 9000, "open_browser": False, "visitors": None},
        {"host": "127.0.0.1", "port": 8765, "open_browser": True, "visitors": 40},
    ]


# --- faults ---------------------------------------------------------------------------------------

RUN = ("run", "nomenklatura", *QUICK)
FAULTS = {
    "a misspelt scenario": (("run", "nomenklatur"), "did you mean nomenklatura?"),
    "a misspelt scenario to tell": (("scenarios", "nomenklatur"), "did you mean nomenklatura?"),
    "a file that is not there": (("run", "no/such.toml"), "there is no file no/such.toml."),
    "a setting without a value": ((*RUN, "--set", "rules.openness"), "needs a name, = and a value"),
    "a setting without a name": ((*RUN, "--set", "=3"), "needs a name, = and a value"),
    "a misspelt setting": ((*RUN, "--set", "rules.opennes=1"), "did you mean"),
    "a setting without its group": ((*RUN, "--set", "openness=1"), "did you mean rules.openness?"),
    "a value out of range": ((*RUN, "--set", "rules.openness=2"), "the nearest valid value is 1."),
    "a value that is no number": ((*RUN, "--set", "rules.openness=much"), "is not valid"),
    "too few people": (("run", "nomenklatura", "--workers-count", "12"), "population.workers"),
    "no months": (("run", "nomenklatura", "--months", "0"), "months"),
    "a change at no month": ((*RUN, "--at", "openness=0.5"), "--at needs MONTH:NAME=VALUE"),
    "a change of nothing": ((*RUN, "--at", "3:opennes=0.5"), "did you mean openness?"),
    "a change after the end": ((*RUN, "--at", "9999:openness=0.5"), "may change after month 1 to"),
    "no such member": ((*RUN, "--member", "48"), "--member must be between 0 and 47, not 48."),
    "a member and all": ((*RUN, "--member", "1", "--ensemble"), "choose one."),
    "an unknown table": ((*RUN, "--set", "economy.table=none-such"), "There is no table"),
    "an unknown language": ((*RUN, "--lang", "eo"), "the languages are en, ru."),
    "a negative seed": ((*RUN, "--seed", "-1"), "the seed must be zero or more"),
    "a figure of no kind": ((*RUN, "--plot", "x.gif"), "ends in .png, .pdf, .svg"),
    "a figure in no folder": ((*RUN, "--plot", "no/such/x.png"), "there is no folder no/such."),
    "unequal lengths": (
        ("compare", "nomenklatura", "nomenklatura", "--set-b", "months=3"),
        "cannot be compared",
    ),
    "a table that is not there": (("plan", "none-such.csv"), "There is no table"),
    "needs for no sector": (("plan", "germany-1995", "--needs", "steel=1"), "steel is no sector"),
    "needs that are no number": (("plan", "germany-1995", "--needs", "trade=a"), "is not a number"),
    "needs below zero": (("plan", "germany-1995", "--needs", "trade=-1"), "must be zero or more"),
    "an unknown planner": (("plan", "germany-1995", "--planner", "best"), "best is no planner"),
    "a capacity below zero": (("plan", "germany-1995", "--capacity", "-1"), "must be zero or more"),
    "a port that does not exist": (("dashboard", "--port", "70000"), "Port 70000 does not exist"),
}
USAGE = {
    "no such command": (("rnu",), "No such command"),
    "no such option": ((*RUN, "--sed", "3"), "No such option"),
    "an option without its value": (("run", "nomenklatura", "--seed"), "requires an argument"),
    "a seed that is no number": ((*RUN, "--seed", "one"), "valid integer"),
    "no runs": ((*RUN, "--replicates", "0"), "--replicates"),
    "no processes": ((*RUN, "--processes", "0"), "--processes"),
    "no scenario": (("run",), "Missing argument"),
    "one scenario to compare": (("compare", "nomenklatura"), "Missing argument"),
    "two scenarios to run": (("run", "nomenklatura", "mondragon"), "unexpected extra argument"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_sentence(fault: str) -> None:
    words, told = FAULTS[fault]
    done = command(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.rstrip()[-1] in ".?"


@pytest.mark.parametrize("fault", USAGE)
def test_a_command_that_is_not_understood_is_told_so(fault: str) -> None:
    words, told = USAGE[fault]
    done = command(*words)
    assert done.exit_code == 2
    assert told in plain(done.stderr)


def test_a_table_that_is_no_table_is_told(tmp_path: Path) -> None:
    for name, content in (
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\xff"),
        ("x.csv", b"a,b\n1"),
    ):
        (tmp_path / name).write_bytes(content)
        done = command("plan", str(tmp_path / name))
        assert done.exit_code == 2
        assert done.stderr.startswith("Error: Table")


def test_a_scenario_file_with_a_fault_is_told_with_its_name(tmp_path: Path) -> None:
    for content in ("[rules]\nopeness = 1", "[rules", 'base = "nowhere"', "[rules]\nopenness = 7"):
        (tmp_path / "mine.toml").write_text(content)
        done = command("run", str(tmp_path / "mine.toml"))
        assert done.exit_code == 2
        assert "mine.toml" in done.stderr or "nowhere" in done.stderr


def test_a_file_where_the_folder_should_be_is_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thermidor.experiments.pool.simulate", None)
    (tmp_path / "taken").touch()
    done = command(*RUN, "--out", str(tmp_path / "taken"))
    assert done.exit_code == 2
    assert "is a file, not a folder." in done.stderr


def test_places_that_clash_are_told_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thermidor.experiments.terminal.keep_going", None)
    monkeypatch.setattr("thermidor.experiments.terminal.carry_out", None)
    new, page, folder = (str(tmp_path / name) for name in ("new", "page", "x.png"))
    Path(folder).mkdir()
    clashes = {
        ("validate", "P1", "--out", new, "--doc", new): "is a folder, not a file.",
        ("validate", "P1", "--out", new, "--doc", page, "--json", page): "cannot hold two files",
        (*RUN, "--plot", folder): "is a folder, not a file.",
        ("atlas", "--build", "--runs", new, "--out", folder): "is a folder, not a file.",
    }
    for words, told in clashes.items():
        done = command(*words)
        assert done.exit_code == 2, words
        assert told in done.stderr


def test_a_folder_in_the_place_of_a_sheet_is_told_before_either_is_written(tmp_path: Path) -> None:
    (tmp_path / "lesson-teacher.html").mkdir()
    for out in (tmp_path / "lesson.html", Path()):
        done = command("teach", "print", "nomenklatura", "--out", str(out))
        assert done.exit_code == 2
        assert "is a folder, not a file." in done.stderr
    assert not (tmp_path / "lesson.html").exists()


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: Any, **__: Any) -> None:
        raise thermidor.ExperimentError("a process that was simulating has ended")

    monkeypatch.setattr("thermidor.experiments.runs.run", dies)
    done = command(*RUN)
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: a process that was simulating has ended.\n")


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thermidor.experiments.runs.run", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        command(*RUN)


# --- in a process of its own ----------------------------------------------------------------------


def test_in_a_real_process_a_fault_leaves_no_traceback() -> None:
    done = process("run", "nomenklatur")
    assert done.returncode == 2
    assert done.stderr == "Error: there is no scenario nomenklatur; did you mean nomenklatura?\n"


def test_in_a_real_process_a_run_answers_on_stdout_alone() -> None:
    process(*RUN)  # compiles, if need be
    done = process(*RUN)
    assert done.returncode == 0
    assert "After 14 months" in done.stdout
    assert done.stderr == ""


def test_a_terminal_that_knows_no_cyrillic_is_no_reason_to_fail() -> None:
    done = process("scenarios", "--lang=ru", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "nomenklatura" in done.stdout


def test_a_closed_pipe_is_no_reason_for_a_traceback() -> None:
    assert "Traceback" not in unread("plan", "germany-1995")
