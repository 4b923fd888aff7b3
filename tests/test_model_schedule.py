"""The month in code and the month in the ODD are the same list."""

import ast
import inspect
import re
import textwrap
from pathlib import Path

import pytest

from thermidor.model import schedule
from thermidor.model.schedule import SCHEDULE
from thermidor.model.society import Society

ODD = Path(inspect.getfile(schedule)).parents[1] / "docs" / "odd.md"
HEADING = "Process overview and scheduling"


def _processes_of_the_odd() -> list[str]:
    text = ODD.read_text(encoding="utf-8")
    found = re.search(rf"^#+[^\n]*{HEADING}[^\n]*\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert found, f"docs/odd.md has no heading '{HEADING}'"
    return re.findall(r"^\s*\d+\.\s+\**`(\w+)`", found.group(1), re.M)


def test_the_schedule_is_that_of_the_odd() -> None:
    if not ODD.exists():
        pytest.skip("docs/odd.md is not written yet")
    assert _processes_of_the_odd() == [process.__name__ for process in SCHEDULE]


def test_every_process_stands_in_a_file_of_its_name_and_tells_its_place() -> None:
    for place, process in enumerate(SCHEDULE, start=1):
        module = inspect.getmodule(process)
        assert module is not None
        home = module.__name__.rpartition(".")[2]
        assert home == {"record": "measures"}.get(process.__name__, process.__name__)
        assert (module.__doc__ or "").startswith(f"{place}. ")
        assert process.__doc__


def test_the_month_is_a_table_of_contents_without_arithmetic() -> None:
    step = ast.parse(textwrap.dedent(inspect.getsource(Society.step)))
    assert not [node for node in ast.walk(step) if isinstance(node, ast.BinOp)]
    assert len(SCHEDULE) == len(set(SCHEDULE)) == 19
