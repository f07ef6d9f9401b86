"""Time and memory of the product as its users meet it: ``python -m bench.measure``.

Every figure is of a new process started with this interpreter, the index in a temporary folder. Waiting for
a page polls at 50 ms, which is the error of that figure. Linux only for memory (/proc).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "2023年地区生产总值增长多少？"
POLL_S, READY_LIMIT_S = 0.05, 120.0

# name, bar of design section 6, unit, what the figure is
BARS = {
    "ingest_s": (45.0, "s", "从零导入（整个进程）"),
    "ingest_unchanged_s": (None, "s", "再次导入，无变化（整个进程）"),
    "ingest_unchanged_work_s": (2.0, "s", "再次导入，无变化（不含启动）"),
    "start_s": (None, "s", "ingest.py 的启动（--help）"),
    "cli_answer_s": (8.0, "s", "进程启动到第一个命令行答案"),
    "page_ready_s": (12.0, "s", "app.py 启动到页面可用"),
    "answers_ready_s": (None, "s", "app.py 启动到第一个回答"),
    "resident_mb": (1200.0, "MB", "app.py 常驻内存，第一个回答以后"),
    "question_p50_ms": (40.0, "ms", "每题 p50（已预热）"),
    "question_p95_ms": (100.0, "ms", "每题 p95（已预热）"),
}

EPILOG = """例：
  python -m bench.measure
  python -m bench.measure --reports data/reports --json > build/measure.json"""

# What the installed console script does.
GOVQA = "import sys; from qa.cli import main; sys.exit(main())"

# Run in a process of its own: the questions must not meet what ingest left in memory.
ASK_ALL = """
import json, sys, time
from pathlib import Path
from eval.questions import read_questions
from eval.command import default_questions
from qa.chain import Assistant
from qa.config import Settings
questions = read_questions(default_questions())
assistant = Assistant.open(Settings(index=Path(sys.argv[1])))
for question in questions[:5]:
    assistant.ask(question.question, question.turns)
times = []
for question in questions:
    began = time.perf_counter()
    assistant.ask(question.question, question.turns)
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps(times))
"""


def timed(command: Sequence[object]) -> tuple[float, str]:
    """Wall seconds and stdout of a command. Raises: CalledProcessError with its stderr shown."""
    began = time.perf_counter()
    done = subprocess.run(
        [str(item) for item in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:] + "\n")
        raise subprocess.CalledProcessError(done.returncode, done.args)
    return seconds, done.stdout


def measure_ingest(reports: Path, index: Path) -> dict[str, float]:
    """Ingest from nothing, then again without a change; start-up is what ``--help`` takes."""
    command = [sys.executable, "ingest.py", reports, "--index", index]
    fresh, _ = timed(command)
    again, _ = timed(command)
    start, _ = timed([sys.executable, "ingest.py", "--help"])
    return {
        "ingest_s": fresh,
        "ingest_unchanged_s": again,
        "start_s": start,
        "ingest_unchanged_work_s": max(0.0, again - start),
    }


def measure_cli(index: Path) -> dict[str, float]:
    """Best of three, so that a cold file cache is not what is measured."""
    command = [sys.executable, "-c", GOVQA, "ask", QUESTION, "--index", index]
    return {"cli_answer_s": min(timed(command)[0] for _ in range(3))}


@contextlib.contextmanager
def running_app(index: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """app.py on ``port``; ended on leaving."""
    command = [sys.executable, "app.py", "--port", str(port), "--index", str(index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def measure_app(index: Path) -> dict[str, float]:
    """Start to the first 200 of the page and to the first answer; resident memory after that."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    began = time.perf_counter()
    with running_app(index, port) as process:
        wait_for(address, process)
        ready = time.perf_counter() - began
        # Index and encoder load behind the ready page; only an answer proves that they are there.
        body = json.dumps({"question": QUESTION}).encode()
        asked = urllib.request.Request(f"{address}api/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=READY_LIMIT_S) as reply:
            json.load(reply)
        loaded = time.perf_counter() - began
        return {
            "page_ready_s": ready,
            "answers_ready_s": loaded,
            "resident_mb": resident_mb(process.pid),
        }


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether the address gives 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Poll an address of a new process until it gives 200.

    Raises: TimeoutError if the process ends before, or after READY_LIMIT_S.
    """
    deadline = time.perf_counter() + READY_LIMIT_S
    while not answers(address):
        if process.poll() is not None or time.perf_counter() > deadline:
            raise TimeoutError("app.py 没有打开页面：请直接运行 python app.py 看它的报错")
        time.sleep(POLL_S)


def resident_mb(pid: int) -> float:
    """VmRSS of a process and its children, in MB of 1024*1024 bytes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        except (OSError, ValueError):
            continue
        if pid in (int(fields["Pid"]), int(fields["PPid"])):
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def measure_questions(index: Path) -> dict[str, float]:
    """All questions of eval/questions one after another in one warm process."""
    import numpy as np

    _, out = timed([sys.executable, "-c", ASK_ALL, index])
    times = json.loads(out.splitlines()[-1])
    p50, p95 = np.percentile(times, [50, 95])
    return {"question_p50_ms": float(p50), "question_p95_ms": float(p95)}


def machine() -> str:
    """Processors and load, for the reader to judge the figures by."""
    return f"{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}，Python {sys.version.split()[0]}"


def table(results: dict[str, float]) -> str:
    """Markdown: figure, bar, whether it is met."""
    lines = ["| 项目 | 实测 | 目标 | 达到 |", "| --- | --- | --- | --- |"]
    for name, value in results.items():
        bar, unit, label = BARS[name]
        met = "–" if bar is None else "是" if value <= bar else "否"
        lines.append(
            f"| {label} | {value:.1f} {unit} | {'–' if bar is None else f'≤ {bar:g} {unit}'} | {met} |"
        )
    return "\n".join(lines) + "\n"


def run(reports: Path) -> dict[str, float]:
    """All measurements, one after another."""
    results: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        steps: list[tuple[str, Any]] = [
            ("导入", lambda: measure_ingest(reports, index)),
            ("命令行", lambda: measure_cli(index)),
            ("提问", lambda: measure_questions(index)),
            ("页面", lambda: measure_app(index)),
        ]
        for name, step in steps:
            sys.stderr.write(f"{name}…\n")
            results |= step()
    return results


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage. A missed bar is a result, not a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.measure",
        description="导入、启动、内存和每题耗时。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--reports", type=Path, default=ROOT / "data" / "reports", help="要导入的报告目录")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    try:
        results = run(args.reports.resolve())
    except (subprocess.CalledProcessError, TimeoutError) as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    date = datetime.now(UTC).isoformat(timespec="seconds")
    if args.json:
        sys.stdout.write(
            json.dumps({"date": date, "machine": machine(), **results}, ensure_ascii=False) + "\n"
        )
    else:
        sys.stdout.write(f"{date}，{machine()}\n\n{table(results)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
