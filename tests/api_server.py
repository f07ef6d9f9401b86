"""The API and the widget with the fake assistant: in the test's own process, and as a server in a thread.

Without Gradio, whose event loops stay open; the page has tests/web_server.py.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fake_assistant import FakeAssistant
from fastapi.testclient import TestClient

from qa.config import Settings
from qa.web.api import close_api
from qa.web.desk import Desk
from qa.web.guard import Guard
from qa.web.server import api_app


def guarded(settings: Settings | None = None, opener: Callable[[], Any] = FakeAssistant) -> Guard:
    """The API behind its guard."""
    wanted = settings or Settings()
    app = api_app(wanted, Desk(opener))
    close_api(app)
    return Guard(app, wanted)


def client(settings: Settings | None = None, opener: Callable[[], Any] = FakeAssistant) -> TestClient:
    """Calls the API in this process."""
    return TestClient(guarded(settings, opener), raise_server_exceptions=False)


@contextmanager
def serving(settings: Settings | None = None, opener: Callable[[], Any] = FakeAssistant) -> Iterator[str]:
    """Serve it over a real socket until the block ends; gives the base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(guarded(settings, opener), log_level="critical", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
