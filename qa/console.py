"""What all command lines share: one line for wrong usage, one line and an exit code for what is raised.

0 done, 1 failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from qa.errors import QAError

logger = logging.getLogger(__name__)


class Parser(argparse.ArgumentParser):
    """argparse with one line in Chinese for wrong usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}：用法不对（{message}）；运行 {self.prog} --help 查看用法\n")


def guarded(command: Callable[[], int]) -> int:
    """Run a command and turn what it raises into one line on stderr and an exit code."""
    try:
        code = command()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python's own flush at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except QAError as exc:
        print(f"错误：{exc}", file=sys.stderr)
        return 1
    except Exception as exc:
        if os.environ.get("QA_DEBUG", "").strip() not in ("", "0"):
            logger.exception("unexpected error")
        else:
            print(f"错误：程序出错（{_brief(exc)}）；设 QA_DEBUG=1 再运行可看到详情", file=sys.stderr)
        return 1


def _brief(exc: Exception) -> str:
    return f"{type(exc).__name__}: {' '.join(str(exc).split())[:200]}"
