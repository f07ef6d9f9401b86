"""What a run leaves on disk, and how it is continued.

A run is a folder: ``run.json`` says what was run (questions, reports, settings, versions), ``records.jsonl``
has one line a question, appended as it is judged. A line is written whole or, if the process dies in it, left
out at the next start.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.errors import EvalDataError

RUN, RECORDS = "run.json", "records.jsonl"

IDENTITY: Mapping[str, str] = {
    "questions_sha256": "题目",
    "corpus_sha256": "语料",
    "mode": "回答方式 --mode",
    "judge": "模型评忠实度 --judge",
    "settings": "设置",
    "program_sha256": "问答程序（qa/）",
    "judge_sha256": "评分程序（eval/）",
}
"""What must be the same for records to belong together, and what people call it."""

HARMLESS = ("index", "host", "port", "threads", "max_file_mb")
"""Settings that cannot change an answer: the corpus has its own hash."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as read from its folder. ``facts`` is run.json; records in the order in which they were judged."""

    path: Path
    facts: Mapping[str, Any]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """The open records of a run: what was ``done`` before, by question id, and ``append``."""

    path: Path
    done: dict[str, Record] = field(default_factory=dict)

    def append(self, record: Record) -> None:
        """Add one record. One write of a whole line: an interrupt comes before or after, not in it."""
        line = json.dumps(record, ensure_ascii=False, default=str) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line.encode("utf-8", "surrogatepass"))
        finally:
            os.close(handle)


@contextmanager
def journal(
    out: Path, facts: Mapping[str, Any], *, restart: bool = False, resume: bool = False
) -> Iterator[Journal]:
    """Begin a run in ``out``, or go on with the one that is there, alone among processes.

    ``restart`` throws away what is there; ``resume`` insists that there is a run.
    Raises: EvalDataError if the run there is another one (naming what differs), or another process writes it.
    """
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise EvalDataError(f"另一个评测正在写 {out}：请等它结束，或换一个 --out 目录") from exc
    try:
        if restart:
            for name in (RECORDS, RUN):
                (out / name).unlink(missing_ok=True)
        if (out / RUN).exists() or (out / RECORDS).exists():
            done = _continued(out, facts)
        elif resume:
            raise EvalDataError(f"{out} 里没有可以接着做的评测：请去掉 --resume，或检查 --out 目录")
        else:
            write_whole(out / RUN, _json(facts))
            done = {}
        yield Journal(out / RECORDS, done)
    finally:
        lock.release()


def _continued(out: Path, facts: Mapping[str, Any]) -> dict[str, Record]:
    before = _read_facts(out)
    changed = differences(before, facts)
    if changed:
        raise EvalDataError(
            f"{out} 里已有另一次评测，不能接着做，不同之处：{'；'.join(changed)}。"
            "请换一个 --out 目录，或加 --restart 丢弃旧记录从头开始"
        )
    drop_torn_line(out / RECORDS)
    return {str(record["id"]): record for record in _read_records(out / RECORDS)}


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """In words, what keeps two runs from being the same one; empty if nothing does."""
    found = []
    for key, name in IDENTITY.items():
        old, new = _comparable(before.get(key)), _comparable(now.get(key))
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            changed = sorted(k for k in old.keys() | new.keys() if old.get(k) != new.get(k))
            found += [f"{name} {k}：{_brief(old.get(k))} → {_brief(new.get(k))}" for k in changed]
        else:
            found.append(f"{name}：{_brief(old)} → {_brief(new)}")
    return found


def _comparable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if key not in HARMLESS}
    return value


def _brief(value: Any) -> str:
    text = "（无）" if value is None or value == "" else str(value)
    return text[:12] if re.fullmatch(r"[0-9a-f]{64}", text) else text[:80]


def drop_torn_line(path: Path) -> None:
    """Cut off a last line without line end: the writer died in it."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        data = file.read()
        file.truncate(data.rfind(b"\n") + 1)


def read_run(path: Path) -> Run:
    """Read a run's folder, also an unfinished one. Raises: EvalDataError if it is none, or a line is bad."""
    facts = _read_facts(path)
    records = tuple(_read_records(path / RECORDS))
    if not records:
        raise EvalDataError(f"{path} 里还没有一题的记录：请先运行 python -m eval.run --out {path}")
    return Run(path, facts, records)


def _read_facts(path: Path) -> Mapping[str, Any]:
    try:
        facts = json.loads((path / RUN).read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise EvalDataError(
            f"{path} 里没有可读的 {RUN}，不是评测结果的目录：请用 python -m eval.run --out 生成，或加 --restart 重来"
        ) from exc
    if not isinstance(facts, dict):
        raise EvalDataError(f"{path / RUN}：应是一个 JSON 对象，请加 --restart 重新评测")
    return facts


def _read_records(path: Path) -> Iterator[Record]:
    if not path.exists():
        return
    # Not splitlines: it also cuts at U+2028, which may stand inside a JSON string.
    lines = path.read_text("utf-8", "surrogatepass").split("\n")
    for number, line in enumerate(lines[:-1], 1):  # what follows the last line end is torn, or empty
        try:
            record = json.loads(line)
            record["id"], record["question"], record["answer"], record["checks"]
        except (ValueError, KeyError, TypeError) as exc:
            raise EvalDataError(
                f"{path}:{number}：不是一题的记录，请删去这一行，或加 --restart 重新评测"
            ) from exc
        yield record


def write_whole(path: Path, text: str) -> None:
    """Write a file so that readers see the old one or all of the new one."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, "utf-8", "surrogatepass")
    temporary.replace(path)


def write_facts(out: Path, facts: Mapping[str, Any]) -> None:
    """Replace run.json."""
    write_whole(out / RUN, _json(facts))


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def write_lost(folder: Path, lost: Sequence[Mapping[str, Any]]) -> None:
    """Questions that another form of them, or of the reports, lost: a line each in ``folder``/records.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / RECORDS
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in lost), "utf-8")
    sys.stderr.write(f"换了以后答错的 {len(lost)} 题在 {path}\n")
