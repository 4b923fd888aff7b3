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
) -> None:
    """Open the dashboard in a browser."""
    from ..dashboard.serve import serve

    serve(host=host, port=port, open_browser=browser)
