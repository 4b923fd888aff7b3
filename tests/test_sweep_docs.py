"""Everything that docs/sweeps.md shows works as it is shown, with fewer runs."""

import re
from pathlib import Path

import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

import thermidor.experiments as experiments
from thermidor import cli
from thermidor.experiments import Results
from thermidor.experiments.sweeps import runner
from thermidor.experiments.sweeps.remedies import REMEDIES

PAGE = Path(__file__).parent.parent / "docs" / "sweeps.md"
TEXT = PAGE.read_text("utf-8")
BLOCK = re.compile(r"`(\w+\.(?:toml|csv))`(?:(?!```).)*?```(?:toml|csv)\n(.*?)^```", re.S | re.M)
COMMAND = re.compile(r"^uv run thermidor (.*)$", re.M)
SMALLER = (
    (r"replicates = \d+", "replicates = 1"),
    (r"months = \d+", "months = 2"),
    (r"every \d+", "every 2"),
    (r"samples = \d+", "samples = 4"),
    (r"population\.workers = \d+", "population.workers = 100"),
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The design files of the page, smaller, in an empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runner, "cores", lambda: 1)
    found = dict(BLOCK.findall(TEXT))
    found["points.csv"] = re.findall(r"^```csv\n(.*?)^```", TEXT, re.S | re.M)[0]
    for name, text in found.items():
        for pattern, replacement in SMALLER:
            text = re.sub(pattern, replacement, text)
        Path(name).write_text(text)
    return sorted(found)


def test_the_page_shows_a_file_of_every_kind(files: list[str]) -> None:
    kinds = {experiments.load_design(file).design for file in files if file.endswith(".toml")}
    assert kinds == {"grid", "list", "lhs", "sobol", "saltelli", "morris", "remedies"}


def test_every_command_of_the_page_runs(files: list[str]) -> None:
    assert files
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        for line in COMMAND.findall(TEXT):
            words = line.replace("tcp://192.168.1.10:8786", cluster.scheduler_address)
            words = words.replace("--processes 2", "--processes 1")
            done = CliRunner().invoke(cli.app, words.split(), catch_exceptions=False)
            assert done.exit_code == 0, (line, done.output)
    assert Results.load("whole").missing == 0
    assert Results.load("whole").runs().equals(Results.load("lhs-cluster").runs())
    assert Path("grid/table.csv").is_file()


def test_the_python_of_the_page_runs(files: list[str]) -> None:
    first, second = re.findall(r"^```python\n(.*?)^```", TEXT, re.S | re.M)
    for pattern, replacement in (("replicates=10", "replicates=1"), ("months=60", "months=2")):
        first = first.replace(pattern, replacement)
    names: dict[str, object] = {}
    exec(first.replace("processes=2", "processes=1"), names)
    assert len(names["means"]) == 3  # type: ignore[arg-type]
    done = CliRunner().invoke(cli.app, ["sweep", "grid.toml", "--out", "grid"])
    assert done.exit_code == 0, done.output
    exec(second, names)
    assert len(names["runs"]) == 12  # type: ignore[arg-type]


def test_the_page_says_what_each_remedy_sets() -> None:
    from thermidor.scenarios import load_scenario

    rules = [load_scenario(name).rules for name in ("nomenklatura", "workers-democracy")]
    for remedy, fields in REMEDIES.items():
        row = re.search(rf"^\| `{remedy}` \|(.*)\|(.*)\|(.*)\|$", TEXT, re.M)
        assert row, remedy
        assert set(re.findall(r"`(\w+)`", row[1])) == set(fields)
        changed = [f for f in fields if getattr(rules[0], f) != getattr(rules[1], f)]
        assert re.findall(r"`(\w+)`", row[1].partition("(")[0]) == changed
        words = {None: "none", False: "closed", True: "open"}
        for told, chosen in zip(row.groups()[1:], rules, strict=True):
            values = [getattr(chosen, field) for field in changed]
            said = [words[v] if v is None or isinstance(v, bool) else f"{v:g}" for v in values]
            assert told.strip() == ", ".join(said), remedy
