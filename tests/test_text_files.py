"""Files that cannot be read are told of in one sentence, whatever is wrong with them."""

from pathlib import Path

import pytest

from thermidor.model.declaration import ParameterError
from thermidor.scenarios.text_files import read_toml


def test_what_a_file_says_is_returned(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("\ufeffx = 1".encode())
    assert read_toml(tmp_path / "a.toml", "a") == {"x": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = ", "a is not TOML: "),
        (b"x = '\xff'", "a is not text in UTF-8"),
        (b"x=" + 5000 * b"[", "a nests brackets too deeply"),
    ],
)
def test_a_broken_file_is_told_of_in_one_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(ParameterError, match=words):
        read_toml(tmp_path / "a.toml", "a")


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing.toml", "there is no file"), (".", "cannot be read"), ("a\0b", "cannot be read")],
)
def test_what_is_no_file_is_told_of_in_one_sentence(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        read_toml(tmp_path / name, name)
