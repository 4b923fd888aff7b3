"""Read a user's text files, with one sentence for whatever is wrong with them."""

import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ..model.declaration import ParameterError


def read_text(source: Path | Traversable, name: str) -> str:
    """Return what a file says, line ends as they are; `name` stands for it in sentences.

    Raises ParameterError.
    """
    try:
        return source.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ParameterError(f"there is no file {source}") from None
    except OSError as error:
        raise ParameterError(f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ParameterError(f"{name} is not text in UTF-8; save it in that encoding") from None
    except ValueError as error:  # the name holds what no file's name may
        raise ParameterError(f"{name!r} cannot be read: {error}") from None


def read_toml(source: Path | Traversable, name: str) -> dict[str, Any]:
    """Return what a TOML file says; `name` stands for it in sentences. Raises ParameterError."""
    text = read_text(source, name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = str(error)
        raise ParameterError(f"{name} is not TOML: {fault[0].lower()}{fault[1:]}") from None
    except RecursionError:
        raise ParameterError(f"{name} nests brackets too deeply to be read") from None
