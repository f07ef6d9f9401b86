"""What was run: hashes of questions, reports and program, settings without secrets, versions."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Any

import qa
from eval.questions import Question, dump
from qa.config import Settings
from qa.types import ReportInfo

PACKAGES = (
    "torch",
    "sentence-transformers",
    "onnxruntime",
    "chromadb",
    "langchain-core",
    "bm25s",
    "numpy",
    "tiktoken",
)
JUDGE = ("evidence", "metrics", "number_match", "questions", "run")
"""Modules of eval/ that decide what a record holds."""

_SECRET = re.compile(r"key|token$|secret|password", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")


def run_facts(
    settings: Settings,
    questions: Sequence[Question],
    reports: Sequence[ReportInfo],
    *,
    files: Iterable[Path],
    mode: str | None,
    split: str | None,
) -> dict[str, Any]:
    """All that run.json says before the first question is asked."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join(["python -m eval.run", *sys.argv[1:]]),
        "questions": {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "questions_sha256": questions_hash(questions),
        "split": split,
        "count": len(questions),
        "mode": mode or getattr(settings, "mode", "extract"),
        "reports": sorted(item.report_id for item in reports),
        "corpus_sha256": corpus_hash(reports),
        "settings": shown_settings(settings),
        "program_sha256": folder_hash(
            Path(qa.__file__).parent, leave_out=("models", "static", "__pycache__")
        ),
        "judge_sha256": files_hash(Path(__file__).with_name(f"{name}.py") for name in JUDGE),
        "versions": versions(),
        "finished": False,
    }


def questions_hash(questions: Iterable[Question]) -> str:
    """SHA-256 over the questions that are asked, all their fields, in order."""
    return hashlib.sha256(json.dumps([dump(q) for q in questions]).encode()).hexdigest()


def corpus_hash(reports: Iterable[ReportInfo]) -> str:
    """SHA-256 over the ids and file hashes of the indexed reports, in order of id."""
    lines = sorted(f"{item.report_id} {item.sha256}\n" for item in reports)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def folder_hash(folder: Path, *, leave_out: Sequence[str] = ()) -> str:
    """SHA-256 over the names and contents of all files below ``folder``, folders of these names left out."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    kept = [path for path in files if not set(path.relative_to(folder).parts[:-1]) & set(leave_out)]
    return files_hash(sorted(kept))


def files_hash(paths: Iterable[Path]) -> str:
    """SHA-256 over the base names and contents of files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def shown_settings(settings: Settings) -> dict[str, Any]:
    """Settings as they may be shown to anybody: secrets and names in URLs are ***."""
    return {item.name: _shown(item.name, getattr(settings, item.name)) for item in fields(settings)}


def _shown(name: str, value: Any) -> Any:
    if _SECRET.search(name) and not isinstance(value, (int, float, Decimal)):
        return "***" if value else ""
    if isinstance(value, str):
        return _USERINFO.sub("***@", value)
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)


def versions() -> dict[str, str]:
    """The product, Python, the machine's kind, and the packages that can change an answer."""
    found = {
        "govreport-qa": qa.__version__,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU",
    }
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "（未安装）"
    return found
