"""The real web application with the fake assistant, as a process of its own (gradio leaves event loops open).

python tests/web_server.py [--unguarded] [--after FILE] [--feedback FILE]      prints its port
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Serve until the block ends; gives the base URL."""
    command = [sys.executable, str(Path(__file__)), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            assert port, "the server did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def serve(*, unguarded: bool, after: Path | None, feedback: Path) -> None:
    """``after``: there is no index until that file exists."""
    import uvicorn
    from fake_assistant import FakeAssistant

    from qa.config import Settings
    from qa.errors import IndexMissingError
    from qa.web.desk import Desk
    from qa.web.server import create_app

    def opener() -> FakeAssistant:
        if after is not None and not after.exists():
            raise IndexMissingError("没有索引")
        return FakeAssistant()

    guard = create_app(Settings(feedback=feedback), Desk(opener))
    app = guard._app if unguarded else guard
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser()
    parser.add_argument("--unguarded", action="store_true")
    parser.add_argument("--after", type=Path)
    parser.add_argument("--feedback", type=Path)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        feedback = flags.feedback or Path(folder) / "feedback.sqlite"
        serve(unguarded=flags.unguarded, after=flags.after, feedback=feedback)
