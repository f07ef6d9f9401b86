"""Labels and extracted rows of two invented paragraphs, for the tests of the judge of extraction."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from eval.labels import Labelled, read_labels
from qa.types import Commitment, Figure

# Offsets:   0         1         2         3
#            012345678901234567890123456789 ...
TEXT = "地区生产总值增长6.3%，新增企业42家，用电量增长3%—5%。"

GDP: dict[str, Any] = {
    "said": "6.3%",
    "value": "6.3",
    "unit": "%",
    "comparator": "",
    "measure": "growth",
    "indicator": "地区生产总值",
    "core": "生产总值|GDP",
    "subject": "",
    "period": "2030",
    "kind": "actual",
    "construction": "plain",
}
FIRMS = GDP | {
    "said": "42家",
    "value": "42",
    "unit": "家",
    "measure": "added",
    "indicator": "新增企业",
    "core": "企业",
}
POWER = GDP | {"said": "3%—5%", "value": "3", "high": "5", "indicator": "用电量", "core": "用电量"}

GDP_ROW = Figure(
    report_id="2031-云岭市",
    paragraph=3,
    indicator="地区生产总值",
    canonical="地区生产总值",
    measure="增速",
    value=Decimal("6.3"),
    unit="%",
    comparator="",
    subject="",
    period="2030",
    kind="actual",
    start=0,
    end=0,
    clause_start=0,
    clause_end=0,
)
FIRMS_ROW = replace(
    GDP_ROW, indicator="新增企业", canonical=None, measure="增量", value=Decimal(42), unit="家"
)
POWER_ROW = replace(GDP_ROW, indicator="用电量", canonical=None, value=Decimal(3), comparator="—5")


def line(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    base = {"id": "t-1", "split": "dev", "report": "2031-云岭市", "text": text, "figures": []}
    return {**base, "commitments": None, **changes}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "gold.jsonl"
    rows = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def labelled(folder: Path, **changes: Any) -> Labelled:
    return read_labels(write(folder, line(**changes)))[0]


# Offsets:       0         1         2         3
#                012345678901234567890123456789012
PLAN_TEXT = "新建云岭茶园大道12公里，惠及群众；推进城乡融合。建成海棠桥"
ROAD = {"text": "新建云岭茶园大道12公里，惠及群众", "kind": "新建", "names": ["云岭茶园大道"]}
MERGE = {"text": "推进城乡融合", "kind": ["推进", "完成"], "names": []}
BRIDGE = {"text": "建成海棠桥", "kind": "建成", "names": ["海棠桥"]}

PROMISE = Commitment(
    report_id="2031-云岭市",
    paragraph=3,
    kind="新建",
    verb="新建",
    sector="",
    period="2031",
    names=("云岭茶园大道",),
    figures=(),
    start=0,
    end=0,
)


def plan(folder: Path, *commitments: dict[str, Any]) -> Labelled:
    return labelled(folder, text=PLAN_TEXT, commitments=list(commitments))
