"""Ingest and answer with every network connection refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from small_reports import REPORT_IDS, write_reports

ROOT = Path(__file__).resolve().parent.parent

GUARD = """
import socket
tried = []

def refuse(what):
    def call(*args, **kwargs):
        tried.append((what, repr(args[-1:] if args else kwargs)))
        raise OSError(f"network refused by the test: {what} {args!r}")
    return call

class Guarded(socket.socket):
    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refuse("connect")(address)
    def connect_ex(self, address):
        return super().connect_ex(address) if self.family == socket.AF_UNIX else refuse("connect")(address)
    def sendto(self, *args):
        return super().sendto(*args) if self.family == socket.AF_UNIX else refuse("sendto")(*args)

socket.socket = Guarded
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse(name))
"""

GUARD_TEST = """
for call in (
    lambda: socket.socket().connect(("127.0.0.1", 9)),
    lambda: socket.socket().connect_ex(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: __import__("urllib.request").request.urlopen("http://127.0.0.1:9", timeout=1),
):
    try:
        call()
    except OSError:
        continue
    raise SystemExit("a connection was not refused")
print(len(tried))
"""

WORK = """
import json, sys
from qa.cli import main
files, index = sys.argv[1:-1], sys.argv[-1]
codes = [
    main(["ingest", *files, "--index", index]),
    main(["ask", "云岭市2030年地区生产总值增长多少？", "--index", index, "--json"]),
    main(["search", "港口 货物吞吐量", "-k", "3", "--index", index, "--json"]),
]
print(json.dumps({"codes": codes, "tried": tried}))
"""

HUB = """
import gradio  # imports the hub, which reads its settings from the environment then
from qa.encode import load_encoder
from qa.errors import ModelError
try:
    load_encoder("nobody/no-such-model")
except ModelError:
    print(tried)
"""


def run(code: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a new Python behind the guard, as a machine without any model cache would."""
    hidden = ("HF_", "TRANSFORMERS_", "QA_")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return subprocess.run(
        [*before, sys.executable, "-c", GUARD + code, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environ | {"PYTHONUTF8": "1"},
        timeout=300,
    )


def no_network_namespace() -> tuple[str, ...]:
    """A command prefix that takes every network interface away, where the system allows it; else nothing."""
    prefix = ("unshare", "--user", "--map-root-user", "--net")
    try:
        works = subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        works = False
    return prefix if works else ()


def test_guard_refuses_connections() -> None:
    done = run(GUARD_TEST)
    assert (done.returncode, done.stdout, done.stderr) == (0, "4\n", "")


def test_ingest_and_answer_without_network(tmp_path: Path) -> None:
    files = [str(path) for path in write_reports(tmp_path)]
    done = run(WORK, *files, str(tmp_path / "index"), before=no_network_namespace())
    assert done.returncode == 0, done.stderr
    *_, asked, searched, last = done.stdout.splitlines()
    assert json.loads(last) == {"codes": [0, 0, 0], "tried": []}
    answer = json.loads(asked)
    assert "6.3%" in answer["answer"]
    assert [citation["report_id"] for citation in answer["citations"]] == [REPORT_IDS[0]]
    assert answer["abstained"] is False
    assert "1.3亿吨" in "".join(hit["text"] for hit in json.loads(searched)["hits"])


def test_hub_that_was_imported_before_goes_not_online() -> None:
    done = run(HUB)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
