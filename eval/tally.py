"""Records of a run counted up: headline, groups, confusion of abstention, latency. Plain values for any page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.stats import interval, mean, percentile

Records = Sequence[Mapping[str, Any]]

# name, denominator, check
HEADLINE = (
    ("总体正确（答对或应拒且拒）", "全部问题", "correct"),
    ("答对", "可回答的问题", "right"),
    ("答错（答了但不对）", "全部问题", "wrong"),
    ("要点齐全度", "可回答的问题", "completeness"),
    ("拒答率", "应拒答的问题", "rejected"),
    ("误拒率", "可回答的问题", "falsely_refused"),
    ("拒答得当", "拒答了的问题", "rightly_refused"),
    ("拒答理由正确", "正确拒答且标了理由的问题", "reason_right"),
    ("拒答时给出相关内容", "正确拒答且有相关内容的问题", "helpful"),
    ("引用召回", "可回答且标了原文的问题", "citation_recall"),
    ("引用精确", "已回答的可回答且标了原文的问题", "citation_precision"),
    ("引用切题", "已回答的可回答且标了原文的问题", "citation_focus"),
    ("引用有效", "全部问题", "valid"),
    ("数字无依据的答案", "全部问题", "has_unsupported"),
    ("检索 recall@1", "可回答且标了原文的问题", "recall@1"),
    ("检索 recall@5", "可回答且标了原文的问题", "recall@5"),
    ("检索 recall@10", "可回答且标了原文的问题", "recall@10"),
    ("检索 MRR", "可回答且标了原文的问题", "rr"),
    ("检索 nDCG@10", "可回答且标了原文的问题", "ndcg@10"),
    ("模型评忠实度，仅供参考", "已回答且模型评出了的问题（--judge）", "judged_faithful"),
)
SMALLER_IS_BETTER = ("wrong", "falsely_refused", "has_unsupported")

TYPES = {
    "figure_actual": "实绩数字",
    "figure_target": "目标数字",
    "commitment": "承诺",
    "list": "列举",
    "multi_paragraph": "多段",
    "compare": "比较",
    "follow_up": "追问",
    "trap": "易混",
    "not_stated": "未提及",
    "no_such_report": "没有这份报告",
    "off_topic": "无关",
    "other": "其他",
}
PARTS = {"head": "开头", "review": "回顾", "plan": "计划"}
BANDS = ((200, "不到 200 字"), (500, "200–499 字"), (10**9, "500 字以上"))
"""Characters of the longest paragraph that holds a gold text of the question."""
STEPS = {"total": "答案自报合计", "scope": "定范围", "retrieve": "检索", "answer": "作答", "verify": "核对"}


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over a group: mean and 95 % bootstrap interval over the ``n`` questions it applies to."""

    name: str
    base: str
    check: str
    mean: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was asked against what was done: ``answerable`` answered rightly, wrongly, refused; ``absent``
    answered, refused."""

    right: int
    wrong: int
    refused: int
    absent_answered: int
    absent_refused: int


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one step; None where no record has it."""

    name: str
    p50: float | None
    p95: float | None
    most: float | None


def values(records: Records, check: str) -> list[float | None]:
    """One check of all records, None where it does not apply; two of the checks are derived."""
    if check == "valid":
        return [float(not record["checks"]["faults"]) for record in records]
    if check == "has_unsupported":
        return [float(bool(record["checks"]["unsupported"])) for record in records]
    found = [record["checks"].get(check) for record in records]
    return [None if value is None else float(value) for value in found]


def scores(records: Records) -> list[Score]:
    """All metrics of HEADLINE, in its order."""
    found = []
    for name, base, check in HEADLINE:
        column = values(records, check)
        low, high = interval(column) or (None, None)
        applies = sum(value is not None for value in column)
        found.append(Score(name, base, check, mean(column), low, high, applies))
    return found


def headline(records: Records) -> dict[str, dict[str, Any]]:
    """``{check: {mean, low, high, n}}`` over the questions it applies to; mean None where n is 0."""
    return {
        item.check: {"mean": item.mean, "low": item.low, "high": item.high, "n": item.n}
        for item in scores(records)
    }


def counts(records: Records) -> dict[str, int]:
    """What is counted and not averaged: numbers without support, questions that the program failed at."""
    return {
        "无依据的数字": sum(len(record["checks"]["unsupported"]) for record in records),
        "程序出错的题": sum(record["error"] is not None for record in records),
    }


def confusion(records: Records) -> Confusion:
    """Counts of all records; every record is in one cell."""
    cells: dict[tuple[bool, str], int] = defaultdict(int)
    for record in records:
        refused = record["answer"]["abstained"]
        done = "refused" if refused else "right" if record["checks"]["right"] else "wrong"
        cells[record["question"]["abstain"], done] += 1
    return Confusion(
        right=cells[False, "right"],
        wrong=cells[False, "wrong"],
        refused=cells[False, "refused"],
        absent_answered=cells[True, "wrong"],
        absent_refused=cells[True, "refused"],
    )


def latency(records: Records) -> list[Latency]:
    """Total as the answer tells it, its steps, and the time outside."""
    rows = []
    for key, name in STEPS.items():
        rows.append((name, [t for r in records if (t := r["answer"]["timings_ms"].get(key)) is not None]))
    rows.append(("实测", [record["wall_ms"] for record in records]))
    return [
        Latency(name, percentile(times, 50), percentile(times, 95), max(times, default=None))
        for name, times in rows
    ]


# ------------------------------------------------------------------ groups


def group(records: Records, key: Callable[[Mapping[str, Any]], str]) -> dict[str, list[Mapping[str, Any]]]:
    """Records by ``key``, groups in order of their first record."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        found[key(record)].append(record)
    return dict(found)


def by_type(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """In the order of TYPES."""
    found = group(records, lambda record: str(record["question"]["type"]))
    return _in_order(found, TYPES)


def by_report(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """A question over several reports stands in a group of its own, so that each is counted once."""
    return dict(sorted(group(records, _report_of).items()))


def _report_of(record: Mapping[str, Any]) -> str:
    reports = record["question"]["reports"]
    return str(reports[0]) if len(reports) == 1 else "多份报告" if reports else "（无）"


def by_part(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """By where the gold texts stand; questions to refuse and those without gold texts are left out."""
    found = group(_with_gold(records), _part_of)
    return _in_order(found, [*PARTS.values(), "几部分都有"])


def _part_of(record: Mapping[str, Any]) -> str:
    parts = {paragraph["part"] for paragraph in _gold_paragraphs(record)}
    return PARTS[parts.pop()] if len(parts) == 1 else "几部分都有"


def by_length(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """By the longest paragraph that holds a gold text; the same questions as ``by_part``."""
    return _in_order(group(_with_gold(records), _band_of), [name for _, name in BANDS])


def _band_of(record: Mapping[str, Any]) -> str:
    longest = max(len(paragraph["paragraph_text"]) for paragraph in _gold_paragraphs(record))
    return next(name for limit, name in BANDS if longest < limit)


def _with_gold(records: Records) -> list[Mapping[str, Any]]:
    return [r for r in records if not r["question"]["abstain"] and _gold_paragraphs(r)]


def _gold_paragraphs(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [paragraph for gold in record["gold"] for paragraph in gold["paragraphs"]]


def _in_order(
    found: Mapping[str, list[Mapping[str, Any]]], order: Iterable[str]
) -> dict[str, list[Mapping[str, Any]]]:
    return {name: found[name] for name in order if name in found}


GROUPINGS: Sequence[tuple[str, str, Callable[[Records], Mapping[str, Records]]]] = (
    ("按题型", "题型", by_type),
    ("按报告", "报告", by_report),
    ("按原文所在的部分", "部分", by_part),
    ("按原文所在段落的长度", "段落长度", by_length),
)
"""Heading, first column, and the groups."""

GROUP_COLUMNS = (
    ("correct", "正确"),
    ("right", "答对"),
    ("completeness", "齐全度"),
    ("rejected", "拒答"),
    ("recall@5", "recall@5"),
    ("rr", "MRR"),
    ("citation_recall", "引用召回"),
    ("citation_precision", "引用精确"),
)


# ------------------------------------------------------------------ one record


def faults_of(record: Mapping[str, Any]) -> list[str]:
    """What is wrong with one record, in words; empty when it passed every check of its answer."""
    checks = record["checks"]
    faults = []
    if record["error"]:
        faults.append(f"出错 {record['error']}")
    if checks["falsely_refused"]:
        faults.append("误拒")
    elif checks["missing"]:
        faults.append("缺 " + "；".join(checks["missing"]))
    if checks["forbidden"]:
        faults.append("不应出现 " + "；".join(checks["forbidden"]))
    if checks["rejected"] is False:
        faults.append("应拒答")
    if checks["reason_right"] is False:
        faults.append(f"理由应为 {record['question']['reason']}，得到 {record['answer']['reason']}")
    if not faults and checks["right"] is False:
        faults.append("次序不对")
    if checks["unsupported"]:
        faults.append("数字无依据 " + "；".join(checks["unsupported"]))
    return faults + list(checks["faults"])


def expected_of(question: Mapping[str, Any]) -> str:
    """What a right answer says, in words."""
    said = "；".join("/".join(group) for group in question["must"])
    if question["abstain"]:
        reason = TYPES.get(question["reason"] or "", "")
        return "拒答" + (f"（{reason}）" if reason else "") + (f"，可给出 {said}" if said else "")
    return said
