"""Values kept line by line: a full disk is told of, and what was kept stays."""

import errno
import re
from io import StringIO
from pathlib import Path

import pytest

from thermidor.experiments.journal import Journal
from thermidor.experiments.output import OutputError


class Squares(Journal[int]):
    def entry_in(self, line: list[int]) -> tuple[str, int]:
        return str(line[0]), line[1]

    def line_of(self, key: str, value: int) -> list[int]:
        return [int(key), value]


class Full(StringIO):
    """A file on a disk that is full."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        if not self.closed:
            super().close()
            self.flush()


def fill(path: Path) -> None:
    with Squares(path) as squares:
        squares._file = Full()
        squares.add("3", 9)


def test_a_full_disk_is_told_with_the_file_and_what_was_kept_stays(tmp_path: Path) -> None:
    path = tmp_path / "squares.jsonl"
    with Squares(path) as squares:
        squares.add("2", 4)
    said = re.escape(f"cannot write {path}: no space left on device; what it holds is kept")
    with pytest.raises(OutputError, match=said):
        fill(path)
    with Squares(path) as squares:
        assert "2" in squares
        assert "3" not in squares
