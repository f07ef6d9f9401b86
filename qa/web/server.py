"""The web server: the API (api.py), the page, its static files, and the guard in front of all.

``main`` is what ``python app.py`` and ``govqa serve`` run.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from qa import __version__
from qa.config import Settings
from qa.console import Parser
from qa.errors import ConfigError, IndexMissingError, QAError
from qa.web.api import DESCRIPTION, STATIC, add_api, close_api
from qa.web.desk import Desk, open_assistant, open_index
from qa.web.guard import Guard
from qa.web.limits import Line
from qa.web.words import INGEST_COMMAND

log = logging.getLogger(__name__)

TITLE = "政报问答"
STATE_CAPACITY = 2_000


def create_app(settings: Settings, desk: Desk) -> Guard:
    """The application: guard, the API, and the page at the root."""
    gradio = _import_gradio()
    from qa.web import page as page_module
    from qa.web import routes

    demo, page = page_module.build(desk, settings)
    demo.state_session_capacity = STATE_CAPACITY
    app = api_app(settings, desk)
    app.include_router(routes.router(desk, page.memory, settings), include_in_schema=False)
    close_api(app)
    gradio.mount_gradio_app(
        app, demo, path="/", theme=page_module.theme(), head=page_module.HEAD, footer_links=[],
        blocked_paths=["/"], allowed_paths=[], max_file_size="1b", show_error=False, enable_monitoring=False,
        run_history=False, pwa=False, ssr_mode=False, mcp_server=False,
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
    )  # fmt: skip
    # Mounted Blocks never count as launched, and Gradio checks uploaded files only in launched ones (6.31.0).
    demo.has_launched = demo.is_running = True
    return Guard(app, settings, is_full=lambda: len(demo._queue) >= settings.queue)


def api_app(settings: Settings, desk: Desk) -> FastAPI:
    """The API alone; ``close_api`` is still to be called."""
    line = Line(settings.concurrency, settings.queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        line.close()

    app = FastAPI(
        title=TITLE, version=__version__, description=DESCRIPTION, lifespan=lifespan,
        openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
    )  # fmt: skip
    # With a CORS policy of our own Gradio adds none; its own reflects every origin, with credentials.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.mount("/ui", StaticFiles(directory=STATIC))
    add_api(app, desk, settings, line)
    return app


def _import_gradio() -> Any:
    """Gradio, told beforehand to call nobody: it looks up hosts at import otherwise."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    return importlib.import_module("gradio")


def main(argv: Sequence[str] | None = None, *, prog: str | None = None) -> int:
    """Serve the page until interrupted. Returns: 0 done, 1 failed; argparse exits with 2 on wrong usage."""
    flags = _parser(prog).parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings.from_env(os.environ, host=flags.host, port=flags.port, index=flags.index)
        _state(settings)
        listener = _listen(settings.host, settings.port)
    except QAError as exc:
        _say(str(exc))
        return 1
    with listener:
        desk = Desk(lambda: open_assistant(settings), lambda: open_index(settings))
        app = create_app(settings, desk)
        desk.warm()
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=2)
        try:
            _Server(config, settings.host, listener.getsockname()[1]).run(sockets=[listener])
        except KeyboardInterrupt:
            return 0
    return 0


class _Server(uvicorn.Server):
    """Says where the page is once it can be opened."""

    def __init__(self, config: uvicorn.Config, host: str, port: int) -> None:
        super().__init__(config)
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _say(f"页面已就绪：{self._url} （按 Ctrl+C 停止）")


def _state(settings: Settings) -> None:
    """Say at once what is wrong with the index. A missing one is no error: the page says what to do."""
    try:
        open_index(settings).close()
    except IndexMissingError:
        _say(
            f"{settings.index} 里还没有索引：请运行 {INGEST_COMMAND} --index {settings.index}，完成后不必重启"
        )


def _listen(host: str, port: int) -> socket.socket:
    """Bind before anything heavy is loaded. Raises: ConfigError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as exc:
        raise ConfigError(
            f"不能在 {host}:{port} 上提供服务（{exc.strerror or exc}）：请用 --port 换一个端口"
        ) from exc


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _parser(prog: str | None) -> Parser:
    name = prog or "python app.py"
    parser = Parser(
        prog=prog,
        description="打开政报问答的聊天页面。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"例子:\n  {name}\n  {name} --host 0.0.0.0 --port 8080 --index data/index",
    )
    parser.add_argument("--host", help="监听的地址（QA_HOST，默认 127.0.0.1）")
    parser.add_argument("--port", type=int, help="监听的端口（QA_PORT，默认 7860；0 为任意空闲端口）")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹（QA_INDEX，默认 data/index）")
    return parser
