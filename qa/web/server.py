"""The web server: the page, its static files, GET /api/health and GET /api/answers/{key}.

``main`` is what ``python app.py`` and ``govqa serve`` run.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from qa.config import Settings
from qa.errors import ConfigError, IndexMissingError, QAError
from qa.web.desk import INGEST_COMMAND, Desk, open_assistant, open_index
from qa.web.guard import Guard

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
STATE_CAPACITY = 2_000


def create_app(settings: Settings, desk: Desk) -> ASGIApp:
    """The application: guard, our endpoints, and the page at the root."""
    gradio = _import_gradio()
    from qa.web import page as page_module

    demo, page = page_module.build(desk, settings)
    demo.state_session_capacity = STATE_CAPACITY
    app = FastAPI(title=page_module.TITLE, openapi_url=None, docs_url=None, redoc_url=None)
    # With a CORS policy of our own Gradio adds none; its own reflects every origin, with credentials.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.mount("/ui", StaticFiles(directory=STATIC))

    @app.get("/api/health")
    def health() -> dict[str, Any]:
        """Whether there are reports to ask; the model may still be loading."""
        try:
            reports = len(desk.library().reports)
        except IndexMissingError:
            return {"status": "no_index", "reports": 0}
        except QAError:
            return {"status": "broken", "reports": 0}
        return {"status": "ok", "reports": reports}

    @app.get("/api/answers/{key}")
    def answer(key: str) -> dict[str, Any]:
        """The citations of a recent answer."""
        citations = page.memory.citations(key)
        if citations is None:
            raise HTTPException(404, "这条回答的引用已过期，请重新提问")
        return {"citations": citations}

    gradio.mount_gradio_app(
        app, demo, path="/", theme=page_module.theme(), head=page_module.HEAD, footer_links=[],
        blocked_paths=["/"], allowed_paths=[], max_file_size="1b", show_error=False, enable_monitoring=False,
        run_history=False, pwa=False, ssr_mode=False, mcp_server=False,
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
    )  # fmt: skip
    # Mounted Blocks never count as launched, and Gradio checks uploaded files only in launched ones (6.31.0).
    demo.has_launched = demo.is_running = True
    return Guard(app, is_full=lambda: len(demo._queue) >= page_module.QUEUED_ASKS)


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


def _parser(prog: str | None) -> argparse.ArgumentParser:
    name = prog or "python app.py"
    parser = argparse.ArgumentParser(
        prog=prog,
        description="打开政报问答的聊天页面。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"例子:\n  {name}\n  {name} --host 0.0.0.0 --port 8080 --index data/index",
    )
    parser.add_argument("--host", help="监听的地址（QA_HOST，默认 127.0.0.1）")
    parser.add_argument("--port", type=int, help="监听的端口（QA_PORT，默认 7860；0 为任意空闲端口）")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹（QA_INDEX，默认 data/index）")
    return parser
