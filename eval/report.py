"""Records of a run -> a Markdown summary: headline, per type, per report, failures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.metrics import interval, mean, percentile

Records = Sequence[Mapping[str, Any]]

# name, denominator, check, larger is better
HEADLINE = (
    ("检索 recall@1", "可回答的问题", "recall@1"),
    ("检索 recall@5", "可回答的问题", "recall@5"),
    ("检索 recall@10", "可回答的问题", "recall@10"),
    ("检索 MRR", "可回答的问题", "rr"),
    ("答对", "可回答的问题", "right"),
    ("要点齐全度", "可回答的问题", "completeness"),
    ("拒答率", "应拒答的问题", "rejected"),
    ("误拒率", "可回答的问题", "falsely_refused"),
    ("拒答理由正确", "正确拒答的问题", "reason_right"),
    ("拒答时给出相关内容", "正确拒答且有相关内容的问题", "helpful"),
    ("答错（答了但不对）", "全部问题", "wrong"),
    ("总体正确（答对或应拒且拒）", "全部问题", "correct"),
    ("引用召回", "可回答的问题", "citation_recall"),
    ("引用精确", "已回答的可回答问题", "citation_precision"),
    ("引用有效", "全部问题", "valid"),
    ("数字无依据的答案", "全部问题", "has_unsupported"),
)


def values(records: Records, check: str) -> list[float | None]:
    """One check of all records, None where it does not apply; two of the checks are derived."""
    if check == "valid":
        return [float(not record["checks"]["faults"]) for record in records]
    if check == "has_unsupported":
        return [float(bool(record["checks"]["unsupported"])) for record in records]
    found = [record["checks"][check] for record in records]
    return [None if value is None else float(value) for value in found]


def headline(records: Records) -> dict[str, dict[str, Any]]:
    """``{check: {mean, low, high, n}}`` over the questions it applies to; mean None where n is 0."""
    result = {}
    for _, _, check in HEADLINE:
        found = values(records, check)
        low, high = interval(found) or (None, None)
        result[check] = {
            "mean": mean(found),
            "low": low,
            "high": high,
            "n": sum(value is not None for value in found),
        }
    return result


def summary(records: Records, run: Mapping[str, Any]) -> str:
    """The whole Markdown page."""
    parts = [
        "# 评测结果\n",
        _origin(run, len(records)),
        _headline_table(records),
        _latency(records),
        "## 按题型\n",
        _group_table(_by_type(records), "题型"),
        "## 按报告\n",
        _group_table(_by_report(records), "报告"),
        "## 没有通过的题\n",
        _failures(records),
    ]
    return "\n".join(parts) + "\n"


def _origin(run: Mapping[str, Any], count: int) -> str:
    return (
        f"`{run['command']}`，{run['date']}，{count} 题，{len(run['reports'])} 份报告，"
        f"语料 SHA-256 {str(run['corpus_sha256'])[:12]}\n"
    )


def _headline_table(records: Records) -> str:
    rows = []
    scores = headline(records)
    for name, base, check in HEADLINE:
        item = scores[check]
        span = "–" if item["low"] is None else f"{item['low']:.3f}–{item['high']:.3f}"
        rows.append((name, show(item["mean"]), span, str(item["n"]), base))
    count = sum(len(record["checks"]["unsupported"]) for record in records)
    rows.append(("无依据的数字", str(count), "–", str(len(records)), "全部问题，个数"))
    errors = sum(record["error"] is not None for record in records)
    rows.append(("程序出错", str(errors), "–", str(len(records)), "全部问题，题数"))
    return table(("指标", "值", "95% 区间", "题数", "分母"), rows)


def _latency(records: Records) -> str:
    total = [t for record in records if (t := record["answer"]["timings_ms"].get("total")) is not None]
    wall = [record["wall_ms"] for record in records]
    cells = [
        (name, *(show_ms(percentile(times, share)) for share in (50, 95)), show_ms(max(times, default=None)))
        for name, times in (("答案自报 total", total), ("实测", wall))
    ]
    return "## 耗时（毫秒，已预热）\n\n" + table(("", "p50", "p95", "最大"), cells)


def _by_type(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        groups[record["question"]["type"]].append(record)
    return groups


def _by_report(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """A question over several reports stands in a group of its own, so that each is counted once."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        reports = record["question"]["reports"]
        groups[reports[0] if len(reports) == 1 else "多份报告" if reports else "（无）"].append(record)
    return dict(sorted(groups.items()))


def _group_table(groups: Mapping[str, Records], name: str) -> str:
    columns = ("correct", "right", "rejected", "recall@5", "rr", "citation_recall", "citation_precision")
    heads = (name, "题数", "正确", "答对", "拒答", "recall@5", "MRR", "引用召回", "引用精确", "无依据数字")
    rows = []
    for group, members in groups.items():
        cells = [show(mean(values(members, column))) for column in columns]
        loose = sum(len(member["checks"]["unsupported"]) for member in members)
        rows.append((group, str(len(members)), *cells, str(loose)))
    return table(heads, rows)


def _failures(records: Records) -> str:
    lines = []
    for record in records:
        faults = faults_of(record)
        if faults:
            question, answer = record["question"], record["answer"]
            expected = "拒答" if question["abstain"] else "；".join("/".join(g) for g in question["must"])
            got = ("【拒答】" if answer["abstained"] else "") + short(answer["answer"], 160)
            lines.append(
                f"- `{record['id']}` {short(question['question'], 80)} ｜应为：{short(expected, 120)}"
                f" ｜得到：{got} ｜{'、'.join(faults)}"
            )
    return "\n".join(lines) or "无。"


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


def show(value: float | None) -> str:
    """Three decimals, or – where a metric does not apply."""
    return "–" if value is None else f"{value:.3f}"


def show_ms(value: float | None) -> str:
    """One decimal, or –."""
    return "–" if value is None else f"{value:.1f}"


def short(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, safe inside Markdown."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; pipes inside cells are escaped."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"
    )
