"""A visitor: one person with a browser of their own."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page


class Visitor:
    """One person with a browser of their own, and what went wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.requests: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "response",
            lambda answer: (
                answer.status >= 400 and self.errors.append(f"{answer.status} {answer.url}")
            ),
        )

    def open(self, query: str = "") -> "Visitor":
        """Open the page and wait until the society is drawn."""
        self.page.goto(self.url + query)
        self.page.wait_for_selector(".thermidor .play")
        self.page.wait_for_selector(".thermidor .key li", timeout=240_000)  # may have to compile
        return self

    def month(self) -> int:
        return int(self.page.locator(".transport .month b").inner_text())

    def go(self, month: int) -> None:
        """Drag time to a month and wait until it is there."""
        self.page.locator(".scrub").evaluate(
            "(slider, month) => {"
            " slider.value = month; slider.dispatchEvent(new Event('input')); }",
            month,
        )
        self.page.wait_for_function(
            "month => document.querySelector('.verdict .kicker')"
            ".textContent.includes(` ${month} `)",
            arg=month,
        )

    def set_range(self, name: str, value: float) -> None:
        """Move the slider of a rule and let go."""
        self.page.locator(f"#rule-{name}").evaluate(
            "(slider, value) => { slider.value = value;"
            " for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind)); }",
            value,
        )

    def shown(self, name: str) -> str:
        """Return the value of a rule as the page shows it."""
        return self.page.locator(f"output[for=rule-{name}]").inner_text()

    def picture(self, of: str) -> str:
        """Return the drawing of a canvas."""
        return self.page.locator(of).evaluate("canvas => canvas.toDataURL()")


Arrive = Callable[..., Visitor]
