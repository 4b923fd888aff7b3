"""The command that serves the page: dashboard."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def dashboard(
    host: Annotated[str, typer.Option(help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve at.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    visitors: Annotated[
        int | None, typer.Option(help="How many may visit at once; by default, what memory allows.")
    ] = None,
) -> None:
    """Open the dashboard in a browser; with --host 0.0.0.0 a whole class can."""
    from ..dashboard.serve import serve

    serve(host=host, port=port, open_browser=browser, visitors=visitors)
