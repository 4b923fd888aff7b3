"""The month in code and the month in the ODD are the same list."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from thermidor.model import month, schedule
from thermidor.model.month import PROCESSES, live_through
from thermidor.model.schedule import SCHEDULE

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


def test_the_compiled_month_is_the_schedule_and_nothing_else() -> None:
    source = inspect.getsource(getattr(live_through, "py_func", live_through))
    (months,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For))
    *steps, ending = [node for node in months.body if isinstance(node, ast.If)]
    assert ast.unparse(ending.test) == "left > 0"
    assert len(steps) == len(SCHEDULE) == len(set(SCHEDULE)) == PROCESSES
    for place, (step, process) in enumerate(zip(steps, SCHEDULE, strict=True), start=1):
        assert ast.unparse(step.test) == f"first <= {place} <= until"
        (call,) = step.body
        assert isinstance(call, ast.Expr)
        assert isinstance(call.value, ast.Call)
        done = getattr(month, ast.unparse(call.value.func))
        assert inspect.getmodule(getattr(done, "py_func", done)) is inspect.getmodule(process)
