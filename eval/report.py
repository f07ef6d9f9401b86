"""A run as a page: Markdown, and the same as one HTML file. ``python -m eval.report DIR`` writes both again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.cells import code, short, show, show_ms, table
from eval.html import report_page
from eval.records import Record, read_run, write_facts, write_whole
from eval.stats import mean
from eval.tally import (
    GROUP_COLUMNS,
    GROUPINGS,
    TYPES,
    Records,
    confusion,
    counts,
    expected_of,
    faults_of,
    headline,
    latency,
    scores,
    values,
)
from eval.usage import NOTE, USAGE_HEADS, model_part
from qa.errors import QAError

EPILOG = """例：
  python -m eval.report build/eval-dev             # 由记录重新生成 report.html 和 summary.md
  python -m eval.report build/eval-test --totals   # 只有总数，不列题目"""


def summary(records: Records, run: Mapping[str, Any], *, failures: bool = True) -> str:
    """The whole Markdown page. Without ``failures`` it shows no question and no answer."""
    parts = [
        "# 评测结果\n",
        _origin(run, len(records)),
        _headline_table(records),
        "## 拒答\n",
        _confusion_table(records),
        "## 耗时（毫秒，已预热）\n",
        _latency_table(records),
        *_model_section(records, failures=failures),
    ]
    for heading, name, grouping in GROUPINGS:
        parts += [f"## {heading}\n", _group_table(grouping(records), name)]
    if failures:
        parts += ["## 没有通过的题\n", _failures(records)]
    return "\n".join(parts) + "\n"


def write_reports(
    out: Path, records: Sequence[Record], facts: Mapping[str, Any], *, totals: bool = False
) -> None:
    """summary.md, report.html and run.json (with the scores) into the run's folder."""
    write_whole(out / "summary.md", summary(records, facts, failures=not totals))
    write_whole(out / "report.html", report_page(records, facts, failures=not totals))
    write_facts(out, {**facts, "scores": headline(records)})


def _origin(run: Mapping[str, Any], count: int) -> str:
    unfinished = "" if run.get("finished", True) else f"**没有做完**（共 {run['count']} 题）；"
    return (
        f"{unfinished}{code(run['command'])}，{run['date']}，{count} 题，{len(run['reports'])} 份报告，"
        f"语料 SHA-256 {str(run['corpus_sha256'])[:12]}\n"
    )


def _headline_table(records: Records) -> str:
    rows = []
    for item in scores(records):
        span = "–" if item.low is None else f"{item.low:.3f}–{item.high:.3f}"
        rows.append((item.name, show(item.mean), span, str(item.n), item.base))
    found = counts(records)
    rows.append(("无依据的数字", str(found["无依据的数字"]), "–", str(len(records)), "全部问题，个数"))
    rows.append(("程序出错", str(found["程序出错的题"]), "–", str(len(records)), "全部问题，题数"))
    return table(("指标", "值", "95% 区间", "题数", "分母"), rows)


def _confusion_table(records: Records) -> str:
    cell = confusion(records)
    rows = (
        ("可回答", str(cell.right), str(cell.wrong), str(cell.refused)),
        ("应拒答", "–", str(cell.absent_answered), str(cell.absent_refused)),
    )
    return table(("", "答对", "答错", "拒答"), rows)


def _latency_table(records: Records) -> str:
    rows = [(row.name, show_ms(row.p50), show_ms(row.p95), show_ms(row.most)) for row in latency(records)]
    return table(("", "p50", "p95", "最大"), rows)


def _model_section(records: Records, *, failures: bool) -> list[str]:
    """What language models did and cost; nothing where none was asked."""
    found = model_part(records)
    if found is None:
        return []
    bullets = [f"- {code(name)} {short(text, 160)}" for name, text in found.objected] if failures else []
    listed = ["模型评为不支持的陈述：\n", "\n".join(bullets) + "\n"] if bullets else []
    sentences = [short(sentence, 600) + "\n" for sentence in found.sentences]
    rows = [row.cells for row in found.usage]
    return ["## 语言模型\n", *sentences, table(USAGE_HEADS, rows), NOTE + "\n", *listed]


def _group_table(groups: Mapping[str, Records], name: str) -> str:
    heads = (name, "题数", *(head for _, head in GROUP_COLUMNS), "无依据数字")
    rows = []
    for group, members in groups.items():
        cells = [show(mean(values(members, column))) for column, _ in GROUP_COLUMNS]
        loose = counts(members)["无依据的数字"]
        rows.append((short(TYPES.get(group, group), 60), str(len(members)), *cells, str(loose)))
    return table(heads, rows) if rows else "无。\n"


def _failures(records: Records) -> str:
    lines = []
    for record in records:
        faults = faults_of(record)
        if faults:
            question, answer = record["question"], record["answer"]
            got = ("【拒答】" if answer["abstained"] else "") + short(answer["answer"], 160)
            lines.append(
                f"- {code(record['id'])} {short(question['question'], 80)} ｜应为：{short(expected_of(question), 120)}"
                f" ｜得到：{got} ｜{short('、'.join(faults), 300)}"
            )
    return "\n".join(lines) or "无。"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 done, 1 failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.report",
        description="由一次评测的记录重新生成报告，没有做完的也可以。",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("run", type=Path, metavar="DIR", help="python -m eval.run --out 的目录")
    parser.add_argument("--totals", action="store_true", help="只给总数，不列出题目")
    args = parser.parse_args(argv)
    try:
        run = read_run(args.run)
        write_reports(args.run, run.records, run.facts, totals=args.totals)
    except QAError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    sys.stdout.write(summary(run.records, run.facts, failures=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
