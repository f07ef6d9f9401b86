"""The command line ``govqa``: flags, exit codes and messages. What the commands do is in qa/commands.py.

Results on stdout, progress and logs on stderr; exit 0 done, 1 failed, 2 wrong usage, 130 interrupted. Nothing
heavy is imported before a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from qa import __version__
from qa.commitment_clauses import KINDS
from qa.config import MODES, Settings
from qa.console import Parser, guarded

MAX_HITS = 200
FORWARDED = {"ingest": "qa.ingest", "serve": "qa.web.server"}
"""Commands that have a command line of their own: ``main(argv, prog=…) -> int`` of that module."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; ``argv`` without the program's name, by default the process's own.

    Returns: the exit code. Raises: SystemExit as argparse does, 2 for wrong usage and 0 after help.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets a "?", not a crash.
            stream.reconfigure(errors="replace")
    return guarded(lambda: _run(arguments))


def _run(argv: list[str]) -> int:
    if argv and argv[0] in FORWARDED:
        forward: Callable[..., int] = importlib.import_module(FORWARDED[argv[0]]).main
        return forward(argv[1:], prog=f"govqa {argv[0]}")
    options = build_parser().parse_args(argv)
    if "batch" in options:
        _check_question(options)
    logging.basicConfig(
        level=logging.INFO if options.verbose else logging.ERROR,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    settings = Settings.from_env(os.environ, index=options.index)
    commands = importlib.import_module("qa.commands")
    command: Callable[[Settings, argparse.Namespace], int] = getattr(commands, options.command)
    return command(settings, options)


def build_parser() -> Parser:
    """The parser of all commands; ``command`` in its result names a function of qa/commands.py."""
    parser = _parser(
        Parser,
        "对政府工作报告提问，每句回答都标明所依据的段落。",
        ['govqa ask "2023年地区生产总值增长多少？"', "govqa chat"],
        prog="govqa",
    )
    parser.add_argument("--version", action="version", version=f"govqa {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Parser)
    _add_ask(commands)
    _add_chat(commands)
    _add_search(commands)
    _add_reports(commands)
    _add_figures(commands)
    _add_commitments(commands)
    for name, text in (("ingest", "把报告放进索引"), ("serve", "打开问答页面")):
        commands.add_parser(name, help=f"{text}（govqa {name} --help）", add_help=False)
    return parser


Commands = argparse._SubParsersAction  # the type has no public name


def _add_ask(commands: Commands[Parser]) -> None:
    ask = _command(
        commands,
        "ask",
        "问一个问题，或成批提问",
        [
            'govqa ask "南山市2023年地区生产总值是多少？" --json',
            "govqa ask --batch 问题.jsonl --out 回答.jsonl",
        ],
    )
    _add_question(ask)
    _add_filters(ask, several=True)
    _add_mode(ask)


def _add_chat(commands: Commands[Parser]) -> None:
    chat = _command(commands, "chat", "在终端里连续提问", ["govqa chat", "govqa chat < 问题.txt"])
    _add_mode(chat)


def _add_mode(command: Parser) -> None:
    command.add_argument(
        "--mode",
        choices=MODES,
        help="回答方式：extract 摘录原文，llm 由语言模型作答并逐句核对（要先设 QA_LLM_BASE_URL 和 QA_LLM_MODEL）；"
        "默认按 QA_MODE，否则 extract",
    )
    command.add_argument(
        "--show-prompt", action="store_true", help="在标准错误输出里显示发给语言模型的全部内容"
    )


def _add_search(commands: Commands[Parser]) -> None:
    search = _command(
        commands,
        "search",
        "查找相关片段，不作回答",
        ['govqa search "乡村振兴" -k 5', "govqa search --batch 问题.jsonl --out 命中.jsonl -k 10"],
    )
    _add_question(search)
    search.add_argument(
        "-k", type=_hits, default=10, metavar="N", help=f"最多给出几个片段，1 到 {MAX_HITS}（默认 10）"
    )


def _add_reports(commands: Commands[Parser]) -> None:
    reports = _command(commands, "reports", "列出索引里的报告", ["govqa reports", "govqa reports --json"])
    reports.add_argument("--json", action="store_true", help="输出 JSON")


def _add_figures(commands: Commands[Parser]) -> None:
    figures = _command(
        commands,
        "figures",
        "列出报告里的数据",
        [
            "govqa figures --indicator GDP --kind target",
            "govqa figures --place 南山市 --sector 乡村 --text 高标准农田 --csv > 数据.csv",
        ],
    )
    _add_listing(figures)
    figures.add_argument("--kind", choices=["actual", "target"], help="actual 实绩，target 目标")


def _add_commitments(commands: Commands[Parser]) -> None:
    commitments = _command(
        commands,
        "commitments",
        "列出报告里的承诺（工作安排部分说要做的事）",
        [
            "govqa commitments --place 南山市 --kind 新建",
            'govqa commitments --text "老旧小区 改造" --csv > 承诺.csv',
        ],
    )
    _add_listing(commitments)
    commitments.add_argument(
        "--kind",
        choices=KINDS,
        help="承诺的类别；力争含各项数字目标，推进是其余的动词",
    )


def _add_listing(command: Parser) -> None:
    _add_filters(command, several=False)
    command.add_argument("--indicator", metavar="指标", help="指标名称、俗称（GDP）或名称的一部分")
    command.add_argument("--sector", metavar="领域", help="所在小标题里的字，如 教育")
    command.add_argument("--text", metavar="词", help="原句里的词，几个词用空格隔开，须全部出现")
    command.add_argument("--period", metavar="年", help="数据或承诺所指的年份，如 2024 或 2021—2025")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV（带 BOM 的 UTF-8，可用 Excel 打开）")


def _parser(make: Callable[..., Parser], text: str, examples: Sequence[str], **more: object) -> Parser:
    epilog = "示例：\n" + "\n".join(f"  {example}" for example in examples)
    return make(description=text, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter, **more)


def _command(commands: Commands[Parser], name: str, text: str, examples: Sequence[str]) -> Parser:
    made = _parser(lambda **more: commands.add_parser(name, **more), f"{text}。", examples, help=text)
    made.add_argument(
        "--index", type=Path, metavar="DIR", help="索引文件夹（默认 QA_INDEX，否则 data/index）"
    )
    made.add_argument("-v", "--verbose", action="store_true", help="在标准错误输出里显示日志")
    return made


def _add_question(command: Parser) -> None:
    command.add_argument("question", nargs="?", metavar="问题", help="要问的话")
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.add_argument(
        "--batch", metavar="IN", help='问题文件，每行 {"id", "question", "history"?}；- 为标准输入'
    )
    command.add_argument("--out", metavar="OUT", help="结果文件，每行对应一个问题；- 为标准输出（默认）")
    command.set_defaults(parser=command)


def _check_question(options: argparse.Namespace) -> None:
    """Exit with 2 unless there is either one question or a file of them."""
    if (options.question is None) == (options.batch is None):
        options.parser.error("请写一个问题，或用 --batch 给出问题文件")
    if options.out is not None and options.batch is None:
        options.parser.error("--out 要和 --batch 一起用")


def _add_filters(command: Parser, *, several: bool) -> None:
    action = "append" if several else "store"
    again = "，可写多次" if several else ""
    command.add_argument("--place", action=action, metavar="地名", help=f"只看这个地方的报告{again}")
    command.add_argument("--year", action=action, type=int, metavar="年", help=f"只看这一年作的报告{again}")


def _hits(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_HITS:
        raise argparse.ArgumentTypeError(f"应是 1 到 {MAX_HITS} 的整数，现在是 {text}")
    return int(text)
