"""Run notebooks from the first cell to the last and keep what their cells show.

`python notebooks/execute.py [NOTEBOOK ...]`; all of them if none is named.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LONGEST = 600  # seconds a cell may take


def execute(path: Path) -> None:
    """Run one notebook in an empty folder and write it back; raises CellExecutionError."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as empty:
        here = {"metadata": {"path": empty}}
        NotebookClient(notebook, timeout=LONGEST, resources=here).execute()
    notebook.metadata["language_info"] = {"name": "python"}  # not the version of who ran it last
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    folder = Path(__file__).parent
    for path in [Path(name) for name in sys.argv[1:]] or sorted(folder.glob("*.ipynb")):
        execute(path)
        print(path)
