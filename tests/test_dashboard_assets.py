"""The files Solara's page asks for are shipped, so that no request leaves the machine."""

import re
from pathlib import Path

import pytest
import solara.server

from thermidor.dashboard import serve

SHIPPED = Path(serve.ENVIRONMENT["SOLARA_ASSETS_PROXY_CACHE_DIR"])
TEMPLATE = Path(solara.server.__file__).parent / "templates" / "solara.html.j2"


def named_by_the_template() -> list[str]:
    """Return the assets of the page as it is served: Vue 3, production, ipywidgets 8."""
    text = TEMPLATE.read_text(encoding="utf-8").replace("{{ipywidget_major_version}}", "8")
    named = set(re.findall(r"\{\{cdn\}\}/([^\"{}]+)", text))
    return sorted(
        name for name in named if "vuetify-app@" not in name and not name.endswith("app8.js")
    )


def test_the_template_names_what_we_know() -> None:
    assert len(named_by_the_template()) == 4


@pytest.mark.parametrize("name", named_by_the_template())
def test_every_asset_of_the_page_is_shipped(name: str) -> None:
    assert (SHIPPED / name).stat().st_size > 0


def test_the_bundle_finds_its_chunks_and_fonts() -> None:
    (bundle,) = SHIPPED.glob("@widgetti/*/dist/solara-vuetify-app8.min.js")
    assert len(list(bundle.parent.glob("[0-9]*.solara-vuetify-app8.min.js"))) == 2
    styles = "".join(
        (bundle.parent / f"{name}.css").read_text("utf-8") for name in ("main8", "fonts")
    )
    fonts = set(re.findall(r"url\(\"?([0-9a-f]+\.woff2)", styles))
    assert len(fonts) > 20
    assert {font for font in fonts if not (bundle.parent / font).exists()} == set()


def test_shipped_files_are_few_licensed_and_free_of_package_metadata() -> None:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 7_000_000
    assert not [path for path in files if path.suffix in (".map", ".json", ".tgz")]
    licences = (SHIPPED / "LICENSES.md").read_text(encoding="utf-8")
    for folder in [*SHIPPED.glob("@*/*"), *SHIPPED.glob("[a-z]*@*")]:
        name, _, version = folder.relative_to(SHIPPED).as_posix().rpartition("@")
        assert f"`{name}`" in licences
        assert version in licences


def test_the_environment_keeps_the_server_at_home() -> None:
    assert serve.ENVIRONMENT["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert serve.ENVIRONMENT["SOLARA_ASSETS_FONTAWESOME_ENABLED"] == "False"
    assert serve.ENVIRONMENT["SOLARA_MODE"] == "production"
