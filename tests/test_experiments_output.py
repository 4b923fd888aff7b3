"""What is written and drawn: readable by others, with a note of where it comes from."""

import errno
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from runs import PEOPLE

import thermidor
from thermidor import compare, load_scenario, run
from thermidor.experiments import OutputError, output, plots, sparklines
from thermidor.experiments.evidence import report
from thermidor.experiments.wording import differences, value_words

COMMAND = "thermidor run nomenklatura --replicates 3"


def small(name: str) -> thermidor.Scenario:
    return load_scenario(name).replace(population=PEOPLE, months=14)


@pytest.fixture(scope="module")
def result() -> thermidor.Result:
    return run(small("nomenklatura"), replicates=3)


@pytest.fixture(scope="module")
def folder(result: thermidor.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "new" / "folder"
    output.write_result(result, path, COMMAND)
    return path


def test_four_files_are_written_and_nothing_else_is_left(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["history.csv", "history.parquet", "runs.csv", "scenario.toml"]


def test_the_csv_reads_back_the_same(result: thermidor.Result, folder: Path) -> None:
    read = pd.read_csv(folder / "history.csv", comment="#")
    pd.testing.assert_frame_equal(read, result.history, check_dtype=False, rtol=1e-14)


def test_the_parquet_file_holds_the_same_in_32_bits(result: thermidor.Result, folder: Path) -> None:
    read = pd.read_parquet(folder / "history.parquet")
    assert list(read) == list(result.history)
    assert (read["seed"] == result.history["seed"]).all()
    assert read["trust"].dtype == np.float32
    np.testing.assert_allclose(read.to_numpy(float), result.history.to_numpy(float), rtol=1e-6)


def test_the_parquet_file_is_compressed_and_split_by_byte(folder: Path) -> None:
    file = pq.ParquetFile(folder / "history.parquet")
    column = file.metadata.row_group(0).column(file.schema_arrow.get_field_index("trust"))
    assert column.compression == "ZSTD"
    assert "BYTE_STREAM_SPLIT" in column.encodings


@pytest.mark.parametrize("name", ["history.csv", "runs.csv"])
def test_tables_begin_with_where_they_come_from(
    result: thermidor.Result, folder: Path, name: str
) -> None:
    lines = (folder / name).read_text().splitlines()
    notes = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    assert lines[0] == f"# thermidor: {thermidor.__version__}"
    assert notes["scenario"] == f"nomenklatura {result.scenario.hash()}"
    assert notes["seed"] == "1"
    assert notes["runs"] == "3"
    assert notes["command"] == COMMAND
    assert "numba" in notes["environment"]


def test_the_parquet_file_carries_the_same_note(folder: Path) -> None:
    notes = pq.read_schema(folder / "history.parquet").metadata
    assert notes[b"thermidor.command"].decode() == COMMAND
    assert notes[b"thermidor.seed"] == b"1"


def test_the_written_scenario_with_the_written_seed_makes_the_same_run_again(
    result: thermidor.Result, folder: Path
) -> None:
    runs = pd.read_csv(folder / "runs.csv", comment="#")
    again = run(folder / "scenario.toml", seed=int(runs["seed"][2]))
    assert again.scenario.hash() == result.scenario.hash()
    assert again.verdicts[0] == result.verdicts[2]


def test_one_row_a_run_tells_its_verdict_and_last_year(
    result: thermidor.Result, folder: Path
) -> None:
    runs = pd.read_csv(folder / "runs.csv", comment="#", keep_default_na=False)
    assert runs["regime"].tolist() == [v.regime for v in result.verdicts]
    assert runs["onset"].tolist() == [v.onset for v in result.verdicts]
    np.testing.assert_allclose(runs["trust"], result.last_means()["trust"])


def test_equal_runs_write_equal_files(folder: Path, tmp_path: Path) -> None:
    output.write_result(run(small("nomenklatura"), replicates=3, processes=2), tmp_path, COMMAND)
    for name in ("history.csv", "history.parquet", "runs.csv", "scenario.toml"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_command_of_several_lines_stays_in_its_comment() -> None:
    note = output.Provenance("mine", "abc", 1, 1, "thermidor run 'a\nb,c'").comment()
    assert all(line.startswith("# ") for line in note.splitlines())


def test_a_comparison_writes_both_sides_and_their_differences(tmp_path: Path) -> None:
    pair = compare(small("nomenklatura"), small("workers-democracy"), replicates=2)
    output.write_comparison(pair, tmp_path, "thermidor compare")
    table = pd.read_csv(tmp_path / "differences.csv", comment="#", index_col="measure")
    np.testing.assert_allclose(table["difference"], pair.differences["difference"])
    for side in "ab":
        assert (tmp_path / side / "history.parquet").is_file()


def test_a_file_in_the_place_of_the_folder_is_told(
    result: thermidor.Result, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(OutputError, match="is a file, not a folder"):
        output.write_result(result, tmp_path / "taken")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_and_leaves_no_half_file(
    result: thermidor.Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def full(path: Path, *arguments: object, **options: object) -> object:
        chosen = Path("/dev/full") if "history.parquet" in path.name else path
        return opened(chosen, *arguments, **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OutputError) as fault:
        output.write_result(result, tmp_path)
    assert str(fault.value) == (
        f"cannot write {tmp_path / 'history.parquet'}: no space left on device"
    )
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["history.csv", "runs.csv", "scenario.toml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_without_permission_is_told(result: thermidor.Result, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="permission denied"):
        output.write_result(result, tmp_path / "in")


def test_a_text_that_cannot_be_written_is_told_by_its_own_name_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    place = tmp_path / "validation.md"
    place.mkdir()
    with pytest.raises(OutputError) as fault:
        report.write(place, "words")
    assert str(fault.value) == f"cannot write {place}: is a directory"
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_left_behind_does_not_hide_why_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    def full(file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(OutputError, match=r"cannot write .*x\.csv: no space left on device"):
        output.write_file(tmp_path / "x.csv", full)


def test_a_file_may_not_be_the_folder_that_is_made_for_others(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="new is a folder, not a file"):
        output.prepare_places(tmp_path / "new", tmp_path / "new")
    with pytest.raises(OutputError, match="one is a folder, not a file"):
        output.prepare_places(None, tmp_path / "one", tmp_path / "one" / "two.json")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    same = tmp_path / "in" / ".." / "a.md"
    with pytest.raises(OutputError, match="cannot hold two files at once"):
        output.prepare_places(None, tmp_path / "a.md", None, same)
    output.prepare_places(None, tmp_path / "a.md", None, tmp_path / "b.md")


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [".png", ".pdf", ".svg"])
def test_a_figure_is_drawn_in_the_form_its_name_asks_for(
    result: thermidor.Result, tmp_path: Path, kind: str
) -> None:
    path = plots.save_figure(plots.draw_result(result, "en", COMMAND), tmp_path / f"x{kind}")
    start = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}[kind]
    assert path.read_bytes().startswith(start)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_figure_names_its_measures_and_how_it_was_made(
    result: thermidor.Result, language: str
) -> None:
    figure = plots.draw_result(result, language, "thermidor run 'a$b$c'")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [thermidor.texts.say(f"measures.{m}.label", language) for m in sparklines.MAIN]
    assert thermidor.texts.say("verdict.caution", language) in figure.get_supxlabel()
    assert r"a\$b\$c" in figure.get_supxlabel()


def test_two_scenarios_differ_in_colour_and_in_stroke(tmp_path: Path) -> None:
    pair = compare(small("nomenklatura"), small("workers-democracy"), replicates=2)
    figure = plots.draw_comparison(pair)
    first, second = figure.axes[0].get_lines()
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()
    tree = ET.parse(plots.save_figure(figure, tmp_path / "x.svg"))
    assert tree.getroot().tag.endswith("svg")


def test_the_line_is_the_median_and_the_band_holds_four_fifths(result: thermidor.Result) -> None:
    spread = plots.quantiles(result.history, "trust")
    month = result.history[result.history["month"] == 9]["trust"]
    assert spread.loc[9, 0.5] == pytest.approx(month.median())
    assert spread.loc[9, 0.1] == pytest.approx(np.quantile(month, 0.1))


def test_a_figure_of_no_known_kind_or_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"ends in \.png, \.pdf, \.svg"):
        plots.check_figure_path(tmp_path / "x.gif")
    with pytest.raises(OutputError, match="there is no folder"):
        plots.check_figure_path(tmp_path / "nowhere" / "x.png")


def test_a_folder_in_the_place_of_a_figure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.png").mkdir()
    with pytest.raises(OutputError, match=r"x\.png is a folder, not a file"):
        plots.check_figure_path(tmp_path / "x.png")


def test_a_figure_where_nothing_may_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", refused)
    with pytest.raises(OutputError, match=r"cannot write to .*: permission denied"):
        plots.check_figure_path(tmp_path / "x.png")


def test_a_line_of_blocks_rises_with_its_values() -> None:
    line = sparklines.sparkline(np.linspace(0.0, 1.0, 240), 0.0, 1.0, 8)
    assert line == "▁▂▃▄▅▆▇█"


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_setting_of_every_scenario_can_be_told(language: str) -> None:
    for scenario in thermidor.scenarios.all_scenarios().values():
        for path, pair in differences(thermidor.Scenario(), scenario).items():
            for value in pair:
                words = value_words(path, value, language)
                assert words.strip(), path
                assert "{" not in words, path


def test_values_are_told_with_their_units() -> None:
    told = {
        ("rules.wage_cap", 1.0): "1 × mean wage",
        ("rules.opposition", False): "no",
        ("rules.audit_rate", 0.02): "0.02 per month",
        ("months", 1): "1 month",
        ("economy.table", "germany-1995"): "germany-1995",
    }
    for (path, value), words in told.items():
        assert value_words(path, value) == words
