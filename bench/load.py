"""The server under load: ``python -m bench.load``. Many users at once ask ``/api/ask`` over HTTP on loopback.

The questions are those of ``eval/questions``, so every kind is among them; the asking threads share the machine
with the server, which makes the figures worse than a client elsewhere would see.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measure import ROOT, free_port, machine, resident_mb, running_app, wait_for
from eval.command import default_questions
from eval.questions import read_questions

EPILOG = """例：
  python -m bench.load                        # 20 人，60 秒
  python -m bench.load --users 50 --seconds 20 --json"""


def bodies() -> list[bytes]:
    """A request body for each question of the project's sets, their earlier turns included."""
    return [
        json.dumps(
            {
                "question": question.question,
                "history": [{"role": turn.role, "content": turn.content} for turn in question.turns],
            }
        ).encode()
        for question in read_questions(default_questions())
    ]


def ask_until(end: float, port: int, requests: Sequence[bytes]) -> list[tuple[float, int]]:
    """One user over one kept connection: (seconds, HTTP status) of each request; status 0 is a broken connection."""
    seen: list[tuple[float, int]] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for body in itertools.cycle(requests):
        began = time.perf_counter()
        if began >= end:
            break
        try:
            connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            reply.read()
            status = reply.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        seen.append((time.perf_counter() - began, status))
    connection.close()
    return seen


def load(index: Path, users: int, seconds: float) -> dict[str, float]:
    """Answers a second, p50/p95/slowest in ms, requests that were not answered, memory in MB after it."""
    import numpy as np

    requests, port = bodies(), free_port()
    os.environ["QA_RATE_LIMIT"] = "0"  # all users come from one address here
    with running_app(index, port) as process:
        wait_for(f"http://127.0.0.1:{port}/api/health", process)
        ask_until(time.perf_counter() + 0.01, port, requests)  # the first answer loads what is loaded once
        began = time.perf_counter()
        step = max(1, len(requests) // users)
        with ThreadPoolExecutor(users) as pool:
            shares = [
                pool.submit(ask_until, began + seconds, port, requests[i * step :] + requests[: i * step])
                for i in range(users)
            ]
            seen = [item for share in shares for item in share.result()]
        took = time.perf_counter() - began
        resident = resident_mb(process.pid)
    times = [1000 * second for second, status in seen if status == 200]
    if not times:
        raise TimeoutError(f"没有一个问题得到回答：{Counter(status for _, status in seen)}")
    p50, p95 = np.percentile(times, [50, 95])
    return {
        "users": users,
        "seconds": took,
        "answered": len(times),
        "failed": len(seen) - len(times),
        "answers_per_s": len(times) / took,
        "p50_ms": float(p50),
        "p95_ms": float(p95),
        "slowest_ms": max(times),
        "resident_mb": resident,
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 every request was answered, 1 not, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.load",
        description="许多人同时提问时的快慢和内存。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--index", type=Path, default=ROOT / "data" / "index", help="索引文件夹")
    parser.add_argument("--users", type=int, default=20, help="同时提问的人数（默认 20）")
    parser.add_argument("--seconds", type=float, default=60, help="多少秒（默认 60）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    if not 1 <= args.users <= 500 or not 0 < args.seconds <= 3600:
        parser.error("--users 取 1 到 500，--seconds 取 0 到 3600")
    try:
        results = load(args.index.resolve(), args.users, args.seconds)
    except TimeoutError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    if args.json:
        sys.stdout.write(json.dumps({"machine": machine(), **results}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(
            f"{machine()}；{args.users} 人，{results['seconds']:.0f} 秒\n"
            f"每秒回答 {results['answers_per_s']:.1f} 题，共 {results['answered']} 题，失败 {results['failed']} 次\n"
            f"p50 {results['p50_ms']:.0f} ms，p95 {results['p95_ms']:.0f} ms，最慢 {results['slowest_ms']:.0f} ms，"
            f"内存 {results['resident_mb']:.0f} MB\n"
        )
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
