"""What tests share: no settings from outside, one small real index, the API, and readers of the page and the widget."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ingest_work import Work
from small_reports import write_reports

from qa.config import Settings
from qa.ingest import main as ingest_main

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from page_reader import Reader
    from playwright import sync_api
    from widget_host import Host, Visit


def _forget_settings() -> None:
    for name in [name for name in os.environ if name.startswith("QA_")]:
        del os.environ[name]


def pytest_configure() -> None:
    _forget_settings()


@pytest.fixture(autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """No ``QA_…`` variable reaches a test from the shell or from another test."""
    _forget_settings()
    yield
    _forget_settings()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the two reports of small_reports.py, built by the bundled encoder.

    Shared and read-only: a test that writes builds its own.
    """
    folder = tmp_path_factory.mktemp("small")
    paths = write_reports(folder)
    index = folder / "index"
    assert ingest_main([*map(str, paths), "--index", str(index)]) == 0
    return index


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Two reports and their index, to be changed."""
    return Work(tmp_path)


# The fixtures below import what they serve with when they are asked for: a test of text alone starts without it.


@pytest.fixture(scope="module")
def fake() -> TestClient:
    """The API with the fake assistant."""
    from api_server import client

    return client(Settings(rate_limit=0))


@pytest.fixture(scope="module")
def real(small_index: Path) -> TestClient:
    """The API with an assistant over the small index."""
    from api_server import client

    from qa.chain import Assistant

    settings = Settings(index=small_index, rate_limit=0)
    assistant = Assistant.open(settings, quick=True)
    return client(settings, lambda: assistant)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the page with the fake assistant."""
    from web_server import served

    with served() as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    from browser import CHROMIUM, sync_api

    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[1280])
def reader(chromium: sync_api.Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader of the page; at the end nothing failed and nothing was asked of another host."""
    from page_reader import Reader

    context = chromium.new_context(viewport={"width": request.param, "height": 800}, locale="zh-CN")
    context.set_default_timeout(20_000)
    seen = Reader(context.new_page())
    seen.open(site)
    seen.page.locator(".qa-chip:visible").first.wait_for()
    yield seen
    context.close()
    assert seen.errors == []
    outside = [url for url in seen.requests if not url.startswith((site, "data:", "blob:"))]
    assert outside == []


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A site of another origin that the widget is put on."""
    from widget_host import hosting

    with hosting() as one:
        yield one


@pytest.fixture(scope="module")
def server(host: Host) -> Iterator[str]:
    """The server on whose list the host is."""
    from api_server import serving
    from widget_host import Hostile

    with serving(Settings(widget_origins=(host.url,), rate_limit=0), Hostile) as url:
        yield url


@pytest.fixture(params=[{}])
def visit(
    chromium: sync_api.Browser, host: Host, server: str, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """A reader of the host's page; at the end nothing failed and only the two servers were asked."""
    from widget_host import Visit

    options = {"viewport": {"width": 1200, "height": 800}, "locale": "zh-CN", **request.param}
    context = chromium.new_context(**options)
    context.set_default_timeout(20_000)
    seen = Visit(context.new_page())
    seen.watch()
    host.page(server, "")
    yield seen
    hacked = seen.page.evaluate("window.hacked")
    context.close()
    assert (seen.errors, hacked) == ([], None)
    assert [url for url in seen.requests if not url.startswith((host.url, server, "data:"))] == []
