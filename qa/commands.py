"""What the commands of ``govqa`` do. Each takes the settings and its flags and gives the exit code.

Output for people goes through qa/render.py; ``--json`` prints the objects of design section 4 in UTF-8.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from qa.batch import STANDARD, Asked, run_batch
from qa.config import Settings
from qa.errors import QAError, QuestionError
from qa.render import hit_line, hit_rows, plain
from qa.store import Index
from qa.table_text import csv_text, table
from qa.tables import (
    COMMITMENT_FIELDS,
    FIGURE_FIELDS,
    Filters,
    commitment_dict,
    figure_dict,
    find_commitments,
    find_figures,
    said,
)
from qa.terminal import answered
from qa.types import Answer, ReportInfo, Turn

if TYPE_CHECKING:
    from qa.chain import Assistant

_CHAT_HELP = """直接输入问题，可以接着上一个问题追问。
/reset 忘掉前面的对话　/help 显示本说明　/quit 退出"""

FIGURE_HEADS = {
    "where": "报告#段", "period": "时间", "kind": "类别", "indicator": "指标", "measure": "口径",
    "value": "数值", "clause": "原文",
}  # fmt: skip
COMMITMENT_HEADS = {"where": "报告#段", "period": "时间", "kind": "类别", "sector": "领域", "text": "承诺"}
"""Columns of the tables for people and their titles."""


# ---------------------------------------------------------------- questions


def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one question, or a file of them."""
    assistant = _open(settings)
    places = [_place(assistant.index.reports, name) for name in options.place or ()]
    years = tuple(options.year or ())
    if options.batch is None:
        answer = answered(
            assistant,
            options.question,
            places=places,
            years=years,
            mode=options.mode,
            show_prompt=options.show_prompt,
        )
        if options.json:
            _print_json(answer.to_dict())
        else:
            print(plain(answer))
        return 0

    def answer_one(asked: Asked) -> dict[str, Any]:
        return assistant.ask(
            asked.question, asked.history, places=places, years=years, mode=options.mode
        ).to_dict()

    return _finish(run_batch(options.batch, options.out or STANDARD, answer_one))


def search(settings: Settings, options: argparse.Namespace) -> int:
    """Print the best chunks for one question, or for a file of them."""
    assistant = _open(settings)
    if options.batch is None:
        _, hits = assistant.retrieve(options.question, k=options.k)
        if options.json:
            _print_json({"question": options.question, "hits": hit_rows(hits[: options.k])})
        elif hits:
            print("\n".join(hit_line(hit) for hit in hits[: options.k]))
        else:
            print("没有找到相关片段", file=sys.stderr)
        return 0

    def search_one(asked: Asked) -> dict[str, Any]:
        _, hits = assistant.retrieve(asked.question, asked.history, k=options.k)
        return {"hits": hit_rows(hits[: options.k])}

    return _finish(run_batch(options.batch, options.out or STANDARD, search_one))


def chat(settings: Settings, options: argparse.Namespace) -> int:
    """Questions from the terminal, or one a line from a pipe, as one conversation."""
    assistant = _open(settings)
    if sys.stdin.isatty():
        print(f"政报问答：{len(assistant.index.reports)} 份报告。\n{_CHAT_HELP}", file=sys.stderr)
    history: list[Turn] = []
    for line in _typed():
        if line == "/quit":
            break
        if line == "/help":
            print(_CHAT_HELP)
        elif line == "/reset":
            history.clear()
            print("好，重新开始。")
        elif line.startswith("/"):
            print(f"没有 {line} 这个命令。\n{_CHAT_HELP}")
        else:
            answer = _answer(assistant, line, history, options)
            if answer is not None:
                history += [Turn("user", line), Turn("assistant", answer.answer)]
                print(plain(answer), end="\n\n", flush=True)
    return 0


def _answer(
    assistant: Assistant, question: str, history: Sequence[Turn], options: argparse.Namespace
) -> Answer | None:
    """The answer, or None after saying what is wrong with the question."""
    try:
        return answered(assistant, question, history, mode=options.mode, show_prompt=options.show_prompt)
    except QuestionError as exc:
        print(exc, file=sys.stderr)
        return None


def _typed() -> Iterator[str]:
    """Non-empty lines of stdin, stripped; with a prompt and line editing on a terminal."""
    if not sys.stdin.isatty():
        yield from filter(None, (line.strip() for line in sys.stdin))
        return
    with suppress(ImportError):  # Windows has no readline; typing works without
        import readline  # noqa: F401
    try:
        while True:
            if line := input("问> ").strip():
                yield line
    except EOFError:
        print(file=sys.stderr)  # the shell's prompt begins a new line


def _open(settings: Settings) -> Assistant:
    """The assistant. What is imported and read for it lives to the end: no garbage is looked for in it."""
    gc.disable()
    try:
        from qa.chain import Assistant

        return Assistant.open(settings, quick=True)
    finally:
        gc.freeze()
        gc.enable()


def _finish(counts: tuple[int, int]) -> int:
    done, failed = counts
    print(
        f"完成 {done} 题" + (f"，其中 {failed} 题出错（见结果里的 error）" if failed else ""), file=sys.stderr
    )
    return 1 if failed else 0


# ---------------------------------------------------------------- the index as data; needs no encoder


def reports(settings: Settings, options: argparse.Namespace) -> int:
    """List the reports in the index."""
    index = Index.open(settings.index)
    if options.json:
        _print_json([asdict(info) for info in index.reports])
        return 0
    for info in index.reports:
        print(
            f"{info.report_id}  {info.title}  {info.given_on or '日期不详'}  {info.paragraphs} 段"
            f"  {info.characters} 字  {info.figures} 个数据  {info.commitments} 条承诺"
        )
    if not index.reports:
        print("索引里还没有报告：请运行 govqa ingest 报告文件", file=sys.stderr)
    return 0


def figures(settings: Settings, options: argparse.Namespace) -> int:
    """List the figures of the reports, filtered, as a table, JSON or CSV."""
    rows, reason = find_figures(Index.open(settings.index), _filters(options))
    return _list([figure_dict(row) for row in rows], FIGURE_FIELDS, FIGURE_HEADS, options, reason)


def commitments(settings: Settings, options: argparse.Namespace) -> int:
    """List the commitments of the reports, filtered, as a table, JSON or CSV."""
    rows, reason = find_commitments(Index.open(settings.index), _filters(options))
    return _list([commitment_dict(row) for row in rows], COMMITMENT_FIELDS, COMMITMENT_HEADS, options, reason)


def _filters(options: argparse.Namespace) -> Filters:
    return Filters(**{field.name: getattr(options, field.name) for field in fields(Filters)})


def _list(
    rows: Sequence[dict[str, Any]],
    columns: Sequence[str],
    heads: Mapping[str, str],
    options: argparse.Namespace,
    reason: str,
) -> int:
    """Print rows as the flags say, or on stderr the reason why there are none; gives the exit code."""
    if options.json:
        _print_json(rows)
    elif options.csv:
        _utf8_stdout()
        sys.stdout.write(csv_text(columns, rows))
    elif rows:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        shown = [{**row, **_shown(row)} for row in rows]
        sys.stdout.write(table(heads, shown, width=width))
    if reason:
        print(reason, file=sys.stderr)
    return 0


def _shown(row: dict[str, Any]) -> dict[str, str]:
    """Cells that a table words for people."""
    cells = {"where": f"{row['report_id']}#{row['paragraph']}", "period": row["period"] or "不详"}
    if "value" in row:
        name = row["canonical"] or row["indicator"]
        cells["indicator"] = f"{row['subject']}{name}"
        cells["value"] = said(row | {"indicator": ""}).strip()
        cells["kind"] = "目标" if row["kind"] == "target" else "实绩"
    return cells


# ---------------------------------------------------------------- shared


def _place(known: Sequence[ReportInfo], name: str) -> str:
    """The place of a report that ``name`` means: itself, or the only one that begins with it.

    Raises: QAError naming the places there are.
    """
    places = sorted({info.place for info in known})
    found = [place for place in places if place == name.strip()] or [
        place for place in places if name.strip() and place.startswith(name.strip())
    ]
    if len(found) != 1:
        raise QAError(f"--place {name} 不对应索引里的一个地方：有 {'、'.join(places) or '（空）'}")
    return found[0]


def _print_json(value: object) -> None:
    _utf8_stdout()
    print(json.dumps(value, ensure_ascii=False))


def _utf8_stdout() -> None:
    """What programs read is UTF-8 whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
