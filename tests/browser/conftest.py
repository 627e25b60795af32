"""A real browser in front of a real server.

Every page fails its test on any console error, page error, or request to a foreign host.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread

CHROMIUM = "/usr/bin/chromium-headless-shell"  # half the work of a browser with windows
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PICTURES = os.environ.get("TRILINK_PICTURES", "")  # a folder, when pictures are wanted
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Where everything must run, a skipped browser test is a failed one."""
    if os.environ.get("TRILINK_CI") and report.skipped and "tests/browser/" in report.nodeid:
        report.outcome = "failed"


class Faults:
    """What went wrong in the pages of a test."""

    def __init__(self, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.found: list[str] = []
        self.expected_statuses: set[int] = set()

    def watch(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.found.append(f"page error: {error}"))
        page.on("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(f"status of {status} " in message.text for status in self.expected_statuses):
            return  # the test asked for this refusal; the browser logs it as an error
        self.found.append(f"console {message.type}: {message.text}")

    def on_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.netloc != self.origin:
            self.found.append(f"foreign request: {request.url}")


@pytest.fixture
def faults(live_server) -> Iterator[Faults]:
    watcher = Faults(live_server.url)
    yield watcher
    assert watcher.found == []


@pytest.fixture
def open_page(browser: Browser, live_server, faults: Faults) -> Iterator[Callable[..., Page]]:
    """A fresh browser, signed in as `user` if one is given: `open_page(user, phone=True)`."""
    contexts: list[BrowserContext] = []

    def open_one(user=None, *, phone: bool = False, dark: bool = False, english=False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else WIDE,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            has_touch=phone,
        )
        contexts.append(context)
        cookies = _session(user) if user else {}
        if english:
            cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        context.add_cookies(
            [{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(8_000)
        faults.watch(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


def _session(user) -> dict[str, str]:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """No accessibility finding, and nothing wider than the screen."""

    def check(page: Page) -> None:
        findings = Axe().run(page).response["violations"]
        assert [(f["id"], [n["html"][:120] for n in f["nodes"][:3]]) for f in findings] == []
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{page.url} is {wider} px too wide"

    return check


def shrink(path: Path) -> None:
    """To 256 colours, rare ones kept and each as near as can be: a third of the bytes, and hardly a
    difference."""
    with Image.open(path) as drawn:
        colours = {"method": Image.Quantize.MAXCOVERAGE, "dither": Image.Dither.NONE}
        small = drawn.convert("RGB").quantize(256, kmeans=3, **colours)
    small.save(path, optimize=True)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture for the documentation, when TRILINK_PICTURES names a folder."""

    def keep(page: Page, name: str) -> None:
        if PICTURES:
            tall = page.evaluate("document.documentElement.scrollHeight")
            size = page.viewport_size or WIDE
            page.set_viewport_size({"width": size["width"], "height": tall})
            path = Path(PICTURES) / f"{name}.png"
            page.screenshot(path=path, full_page=True)
            page.set_viewport_size(size)
            shrink(path)

    return keep


@pytest.fixture
def drawing() -> Callable[[str, bytes], None]:
    """Keep what was drawn without a page, such as a paper, in the same way."""

    def keep(name: str, made: bytes) -> None:
        if PICTURES:
            path = Path(PICTURES) / f"{name}.png"
            path.write_bytes(made)
            shrink(path)

    return keep
