"""Rows of question files and the report that they are asked of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = "全市生产总值增长2.2%。农民收入\n14164元。\n今年增长6.5%以上。"
TEXTS = {"2024-甲市": TEXT}

RIGHT = {
    "id": "dev-1",
    "split": "dev",
    "type": "figure_actual",
    "question": "增长多少？",
    "reports": ["2024-甲市"],
    "abstain": False,
    "reason": None,
    "must": [["2.2%"]],
    "must_not": ["6.5%"],
    "gold": [{"report": "2024-甲市", "text": "增长2.2%"}],
}
ABSENT = {
    "id": "dev-2",
    "split": "dev",
    "type": "off_topic",
    "question": "写首诗",
    "reports": [],
    "abstain": True,
    "reason": "off_topic",
    "must": [],
    "must_not": [],
    "gold": [],
}


def write(path: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path
