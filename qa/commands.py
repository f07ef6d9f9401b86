"""What the commands of ``govqa`` do. Each takes the settings and its flags and gives the exit code.

Output for people goes through qa/render.py; ``--json`` prints the objects of design section 4 in UTF-8.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa.batch import STANDARD, Asked, run_batch
from qa.config import Settings
from qa.errors import QAError, QuestionError
from qa.render import hit_line, hit_rows, plain
from qa.store import Index
from qa.types import Answer, Figure, ReportInfo, Turn

if TYPE_CHECKING:
    from qa.chain import Assistant

_CHAT_HELP = """直接输入问题，可以接着上一个问题追问。
/reset 忘掉前面的对话　/help 显示本说明　/quit 退出"""

_FIGURE_FIELDS = (
    "report_id", "place", "year", "indicator", "canonical", "measure", "value", "unit", "comparator",
    "subject", "period", "kind", "paragraph", "clause",
)  # fmt: skip


# ---------------------------------------------------------------- questions


def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one question, or a file of them."""
    assistant = _open(settings)
    places = [_place(assistant.index.reports, name) for name in options.place or ()]
    years = tuple(options.year or ())
    if options.batch is None:
        answer = assistant.ask(options.question, places=places, years=years)
        if options.json:
            _print_json(answer.to_dict())
        else:
            print(plain(answer))
        return 0

    def answer_one(asked: Asked) -> dict[str, Any]:
        return assistant.ask(asked.question, asked.history, places=places, years=years).to_dict()

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
            answer = _answer(assistant, line, history)
            if answer is not None:
                history += [Turn("user", line), Turn("assistant", answer.answer)]
                print(plain(answer), end="\n\n", flush=True)
    return 0


def _answer(assistant: Assistant, question: str, history: Sequence[Turn]) -> Answer | None:
    """The answer, or None after saying what is wrong with the question."""
    try:
        return assistant.ask(question, history)
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
    from qa.chain import Assistant

    return Assistant.open(settings, quick=True)


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
            f"  {info.characters} 字  {info.figures} 个数据"
        )
    if not index.reports:
        print("索引里还没有报告：请运行 govqa ingest 报告文件", file=sys.stderr)
    return 0


def figures(settings: Settings, options: argparse.Namespace) -> int:
    """List the figures of the reports, filtered, as a table, JSON or CSV."""
    index = Index.open(settings.index)
    place = _place(index.reports, options.place) if options.place else None
    rows = [
        _figure_row(index, info, figure)
        for info in index.reports
        if place in (None, info.place) and options.year in (None, info.year)
        for figure in index.figures(info.report_id)
        if options.kind in (None, figure.kind) and _is_about(figure, options.indicator)
    ]
    if options.json:
        _print_json(rows)
    elif options.csv:
        sys.stdout.write(_csv(rows))
    else:
        for row in rows:
            print("  ".join(_cells(row)))
    return 0


def _is_about(figure: Figure, wanted: str | None) -> bool:
    return wanted is None or wanted in figure.indicator or wanted in (figure.canonical or "")


def _figure_row(index: Index, info: ReportInfo, figure: Figure) -> dict[str, Any]:
    known = asdict(figure) | {
        "place": info.place,
        "year": info.year,
        "value": str(figure.value),
        "clause": index.text(info.report_id)[figure.clause_start : figure.clause_end],
    }
    return {name: known[name] for name in _FIGURE_FIELDS}


def _cells(row: dict[str, Any]) -> Iterator[str]:
    kind = "目标" if row["kind"] == "target" else "实绩"
    yield f"{row['report_id']}#{row['paragraph']}"
    yield f"{row['period'] or '时间不详'}{kind}"
    yield row["canonical"] or row["indicator"]
    yield f"{row['measure']} {row['value']}{row['unit']}{row['comparator']}"
    yield row["clause"].strip()


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    """With a byte order mark, by which Excel knows UTF-8."""
    _utf8_stdout()
    text = io.StringIO()
    writer = csv.DictWriter(text, _FIGURE_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


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


def _print_json(value: Any) -> None:
    _utf8_stdout()
    print(json.dumps(value, ensure_ascii=False))


def _utf8_stdout() -> None:
    """What programs read is UTF-8 whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
