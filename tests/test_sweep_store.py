"""What a sweep leaves on disk: parts that are whole, marked, checked, merged and read back."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from sweeps import OPENNESS, as_bytes, parts, small

import thermidor
from thermidor.experiments import ExperimentError, OutputError, Results, sweep
from thermidor.experiments.sweeps import store as stores
from thermidor.experiments.sweeps.csv_table import write_csv
from thermidor.experiments.sweeps.merging import merge
from thermidor.model.declaration import ParameterError
from thermidor.model.measures import Measure
from thermidor.model.table_files import save_table
from thermidor.model.table_generator import generate_table

MEASURES = [measure.name.lower() for measure in Measure]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished sweep, not to be changed."""
    folder = tmp_path_factory.mktemp("sweep") / "out"
    sweep(small(), folder, processes=1)
    return folder


@pytest.fixture
def copy(done: Path, tmp_path: Path) -> Path:
    """A finished sweep that may be spoilt."""
    return Path(shutil.copytree(done, tmp_path / "copy"))


# --- reading --------------------------------------------------------------------------------------


def test_runs_are_one_row_each_by_point_and_replicate(done: Path) -> None:
    runs = Results.load(done).runs()
    factors = [OPENNESS, "rules.wage_cap"]
    ended = ["regime", "controlled", "onset", "first_eroded", "error"]
    assert list(runs) == ["run", "point", "replicate", "seed", *factors, *MEASURES, *ended]
    assert runs["run"].tolist() == list(range(12))
    assert (runs["run"] == runs["point"] * 2 + runs["replicate"]).all()
    assert runs[OPENNESS].tolist() == [0.1] * 4 + [0.5] * 4 + [0.9] * 4
    assert runs["rules.wage_cap"].isna().tolist() == [True, True, False, False] * 3
    assert runs["controlled"].dtype == bool
    assert runs["error"].tolist() == [None] * 12


def test_a_run_is_what_the_library_makes_of_its_scenario_and_seed(done: Path) -> None:
    results = Results.load(done)
    row = results.runs().iloc[7]
    scenario = results.design.scenario(int(row["point"]))
    alone = thermidor.run(scenario, seed=int(row["seed"]))
    for name, value in alone.last_means().iloc[0].items():
        assert row[name] == np.float32(value), name
    judged = alone.verdicts[0]
    assert (row["regime"], row["onset"]) == (judged.regime, judged.onset)
    assert (row["controlled"], row["first_eroded"]) == (judged.controlled, judged.first_eroded)
    months = results.history(runs=[7])
    wanted = alone.history[alone.history["month"] % 3 == 0]
    assert months["month"].tolist() == [3, 6]
    assert (months[MEASURES].to_numpy() == wanted[MEASURES].to_numpy(np.float32)).all()


def test_only_what_is_asked_for_is_read(done: Path) -> None:
    results = Results.load(done)
    assert list(results.runs(["capture"])) == ["run", "point", "replicate", "seed", "capture"]
    history = results.history(["trust"], runs=[3, 11])
    assert list(history) == ["run", "point", "replicate", "seed", "month", "trust"]
    assert history["run"].tolist() == [3, 3, 11, 11]
    with pytest.raises(ParameterError, match="did you mean capture"):
        results.runs(["captur"])


def test_only_some_measures_are_kept_if_so_designed(tmp_path: Path) -> None:
    design = small(measures=["trust", "capture"], period="last year mean", replicates=1)
    results = sweep(design, tmp_path, processes=1)
    assert [name for name in results.runs() if name in MEASURES] == ["trust", "capture"]
    with pytest.raises(ParameterError, match="kept no months"):
        results.history()


def test_all_months_are_kept_if_so_designed(tmp_path: Path) -> None:
    history = sweep(small(period="all", replicates=1), tmp_path, processes=1).history()
    assert history["month"].tolist() == [1, 2, 3, 4, 5, 6] * 6


def test_parts_are_small_compressed_numbers_marked_with_their_sweep(done: Path) -> None:
    file = pq.ParquetFile(parts(done)[0])
    row_group = file.metadata.row_group(0)
    columns = {c.path_in_schema: c for c in map(row_group.column, range(row_group.num_columns))}
    for path in ("capture", "months.capture.list.element"):
        assert columns[path].compression == "ZSTD"
        assert columns[path].physical_type == "FLOAT"
        assert "BYTE_STREAM_SPLIT" in columns[path].encodings
    assert len(file.schema_arrow.metadata[b"thermidor.sweep"]) == 32
    keys = pd.concat(pd.read_parquet(part)["key"] for part in parts(done))
    assert keys.nunique() == 12


def test_the_manifest_says_what_was_run_and_with_what(done: Path) -> None:
    text = (done / "sweep.json").read_text()
    for said in ("numpy", "python", '"thermidor": "', small().origin.hash(), '"replicates": 2'):
        assert said in text


def test_a_table_has_the_form_of_behaviorspace(done: Path) -> None:
    lines = write_csv(Results.load(done)).read_text().splitlines()
    table = pd.read_csv(done / "table.csv", skiprows=6)
    assert lines[0].startswith('"BehaviorSpace results (thermidor ')
    assert lines[6].startswith('"[run number]","rules.openness","rules.wage_cap",')
    assert table["[run number]"].tolist() == [run for run in range(1, 13) for _ in range(2)]
    assert table["[step]"].tolist() == [3, 6] * 12
    history = Results.load(done).history()
    assert np.allclose(table["capture"], history["capture"])
    (done / "table.csv").unlink()


# --- failed runs ----------------------------------------------------------------------------------


def test_a_run_that_fails_is_a_row_with_its_error(tmp_path: Path) -> None:
    """A table of 500 sectors cannot be peopled by sixty; the design itself is no fault."""
    tables = ["germany-1995", "generated:500:1"]
    design = small(factors={"economy.table": tables}, replicates=2)
    results = sweep(design, tmp_path, processes=1)
    runs = results.runs()
    assert runs["error"].isna().tolist() == [True, True, False, False]
    assert runs["error"].iloc[2].startswith("ParameterError: ")
    assert runs["capture"].isna().tolist() == [False, False, True, True]
    assert runs["controlled"].tolist()[2:] == [False, False]
    assert runs["onset"].isna().tolist()[2:] == [True, True]
    assert results.failed.tolist() == [False, False, True, True]
    assert results.history()["run"].unique().tolist() == [0, 1]
    assert len(pd.read_csv(write_csv(results), skiprows=6)) == 2 * 2 + 2


def test_an_impossible_point_among_many_is_a_row_with_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of very many points only some are tried beforehand; here the first and the last."""
    monkeypatch.setattr("thermidor.experiments.sweeps.design.CHECKED", 2)
    workers = {"population.workers": [100, 30, 120]}
    design = small(factors=workers, settings={"population.workers_per_delegate": 20}, replicates=1)
    errors = sweep(design, tmp_path, processes=1).runs()["error"]
    assert errors.isna().tolist() == [True, False, True]
    assert "fewer than two workplaces" in errors[1]


def test_a_table_of_ones_own_that_changes_makes_another_sweep(tmp_path: Path) -> None:
    save_table(generate_table(3, seed=1), tmp_path / "mine.csv")
    design = small(factors={"economy.table": [str(tmp_path / "mine.csv")]}, replicates=1)
    sweep(design, tmp_path / "out", processes=1)
    save_table(generate_table(3, seed=2), tmp_path / "mine.csv")
    with pytest.raises(ExperimentError, match="its tables differ"):
        sweep(design, tmp_path / "out", processes=1)


def test_failed_runs_are_made_again_only_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thermidor.experiments.sweeps import jobs

    def fail(*_: Any) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "simulate", fail)
        spoilt = sweep(small(), tmp_path, processes=1)
    assert spoilt.runs()["error"].tolist() == ["MemoryError: no room"] * 12
    assert sweep(small(), tmp_path, processes=1).failed.all()
    mended = sweep(small(), tmp_path, processes=1, retry=True)
    assert not mended.failed.any()
    assert as_bytes(mended) == as_bytes(sweep(small(), tmp_path / "new", processes=1))


# --- damage ---------------------------------------------------------------------------------------


def test_a_damaged_part_is_found_told_and_made_again(copy: Path, done: Path) -> None:
    part = parts(copy)[0]
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    with pytest.warns(UserWarning, match="1 damaged parts"):
        spoilt = Results.load(copy)
    assert spoilt.missing > 0
    assert len(spoilt.runs()) == 12 - spoilt.missing
    mended = sweep(small(), copy, processes=1)
    assert as_bytes(mended) == as_bytes(Results.load(done))
    assert (copy / "set-aside" / part.name).read_bytes() == content


def test_a_part_cut_short_is_made_again(copy: Path, done: Path) -> None:
    part = parts(copy)[-1]
    part.write_bytes(part.read_bytes()[:100])
    assert as_bytes(sweep(small(), copy, processes=1)) == as_bytes(Results.load(done))


def test_a_part_of_another_sweep_is_set_aside(copy: Path, done: Path, tmp_path: Path) -> None:
    sweep(small(seed=7), tmp_path / "other", processes=1)
    foreign = parts(tmp_path / "other")[0]
    shutil.copy(foreign, copy / "parts")
    assert as_bytes(sweep(small(), copy, processes=1)) == as_bytes(Results.load(done))
    assert (copy / "set-aside" / foreign.name).exists()


def test_doubles_are_dropped(copy: Path, done: Path, tmp_path: Path) -> None:
    """The same runs cut into other parts, as by another process in the same folder."""
    sweep(small(), tmp_path / "half", processes=1, shard=(1, 2))
    for part in parts(tmp_path / "half"):
        shutil.copy(part, copy / "parts")
    assert len(parts(copy)) > len(parts(done))
    assert as_bytes(Results.load(copy)) == as_bytes(Results.load(done))


def test_a_folder_is_for_one_design(done: Path) -> None:
    with pytest.raises(ExperimentError, match="replicates is 2 in one and 3 in the other"):
        sweep(small(replicates=3), done, processes=1)
    with pytest.raises(ExperimentError, match="its factors are not the same"):
        sweep(small(factors={OPENNESS: [0.2]}), done, processes=1)
    with pytest.raises(ExperimentError, match="its base and settings differ"):
        sweep(small(base="workers-democracy"), done, processes=1)


def test_results_of_another_version_of_the_model_are_not_mixed(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thermidor.experiments.sweeps import manifest

    monkeypatch.setattr(manifest, "model_fingerprint", lambda: "another")
    with pytest.raises(ExperimentError, match="another version of the model"):
        sweep(small(), copy, processes=1)
    assert len(Results.load(copy).runs()) == 12


def test_a_folder_without_a_sweep_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="holds no sweep"):
        Results.load(tmp_path)
    (tmp_path / "sweep.json").write_text("{")
    with pytest.raises(ExperimentError, match="is damaged"):
        Results.load(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": 5},
        {"identity": 5},
        {"design": 5},
        {"design": [1]},
        {"design": {"base": 5}},
        {"design": {"base": "nomenklatura", "factors": 5}},
        {"design": {"base": "nomenklatura", "period": [5], "measures": 5}},
        {"design": {"base": "nomenklatura", "factors": {OPENNESS: [0.1]}, "settings": 5}},
        {"design": {"base": "nomenklatura", "factors": {OPENNESS: [0.1]}, "months": "x"}},
    ],
)
def test_a_manifest_edited_out_of_shape_is_told_with_its_name(
    changes: dict[str, Any], copy: Path, tmp_path: Path
) -> None:
    file = copy / "sweep.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    doings = [lambda: Results.load(copy), lambda: merge([copy], tmp_path / "all")]
    if "design" not in changes or not isinstance(changes["design"], dict):
        doings.append(lambda: sweep(small(seed=9), copy, processes=1))
    for doing in doings:
        with pytest.raises(ExperimentError, match=r"sweep\.json"):
            doing()
    assert not (tmp_path / "all").exists()


# --- a full disk ----------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_what_is_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: Path
) -> None:
    real, written = os.fsync, []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) > 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(stores.os, "fsync", full)
        patched.setattr("thermidor.experiments.sweeps.work.SHORTEST", 1e-9)
        with pytest.raises(OutputError, match="no space left on device; finished runs are kept"):
            sweep(small(), tmp_path, processes=1)
    kept = Results.load(tmp_path)
    assert 0 < kept.missing < 12
    assert not list((tmp_path / "parts").glob(".*"))
    assert as_bytes(sweep(small(), tmp_path, processes=1)) == as_bytes(Results.load(done))


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_real_limit_on_files_is_told_in_one_sentence(tmp_path: Path) -> None:
    """The system itself refuses to write more than four kilobytes."""
    code = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from sweeps import small
from thermidor.experiments import OutputError, sweep
from thermidor.experiments.sweeps.store import begin
begin(sys.argv[1], small())
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    sweep(small(), sys.argv[1], processes=1)
except OutputError as error:
    sys.exit(str(error))
"""
    words = [sys.executable, "-c", code, str(tmp_path / "out")]
    ended = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True)
    assert "file too large; finished runs are kept there" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not list((tmp_path / "out" / "parts").iterdir())


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a small disk of its own")
def test_a_disk_that_is_really_full_is_told_and_can_be_gone_on_with(
    tmp_path: Path, done: Path
) -> None:
    code = """
import subprocess, sys
from pathlib import Path
from sweeps import parts, small
from thermidor.experiments import OutputError, sweep
from thermidor.experiments.sweeps import work
work.SHORTEST = 1e-9
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "none", disk], check=True)
print("mounted", flush=True)
try:
    sweep(small(), disk, processes=1)
except OutputError as error:
    print(error)
print(len(parts(disk)))
subprocess.run(["mount", "-o", "remount,size=1m", disk], check=True)
print(sweep(small(), disk, processes=1).missing)
"""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["unshare", "-rm", sys.executable, "-c", code, str(disk)]
    ended = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True)
    if not ended.stdout.startswith("mounted"):
        pytest.skip("no disk may be mounted here")
    _, told, kept, missing = ended.stdout.splitlines()
    assert "no space left on device; finished runs are kept there" in told
    assert 0 < int(kept) < 12
    assert missing == "0"


# --- shards ---------------------------------------------------------------------------------------


def test_shards_of_several_machines_merge_into_the_whole(done: Path, tmp_path: Path) -> None:
    shards = [tmp_path / f"machine-{k}" for k in (1, 2, 3)]
    for k, folder in enumerate(shards, start=1):
        shard = sweep(small(), folder, processes=1, shard=(k, 3))
        assert shard.done.sum() == 4
    merged, left = merge(shards[:2], tmp_path / "all")
    assert (merged.missing, left) == (4, [])
    merged, left = merge([shards[2], shards[1]], tmp_path / "all")
    assert (merged.missing, left) == (0, [])
    assert as_bytes(Results.load(tmp_path / "all")) == as_bytes(Results.load(done))


def test_damaged_parts_are_not_merged(copy: Path, tmp_path: Path) -> None:
    spoilt = parts(copy)[0]
    spoilt.write_bytes(b"")
    merged, left = merge([copy], tmp_path / "all")
    assert left == [spoilt]
    assert merged.missing > 0


def test_different_sweeps_do_not_merge(done: Path, tmp_path: Path) -> None:
    sweep(small(seed=3), tmp_path / "other", processes=1)
    with pytest.raises(ExperimentError, match="hold different sweeps: seed is"):
        merge([done, tmp_path / "other"], tmp_path / "all")
    with pytest.raises(ExperimentError, match="holds no sweep"):
        merge([done, tmp_path], tmp_path / "all")
    assert not (tmp_path / "all").exists()


@pytest.mark.parametrize("shard", [(0, 3), (4, 3)])
def test_a_shard_that_does_not_exist_is_refused(shard: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="a shard is one of 1/3 to 3/3"):
        sweep(small(), tmp_path, processes=1, shard=shard)
