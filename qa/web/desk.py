"""The assistant behind the page: opened when there is an index, also one that appears later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from qa.config import Settings
from qa.errors import IndexMissingError
from qa.types import Commitment, Figure, Kind, Paragraph, Report, ReportInfo, Turn
from qa.web.words import INGEST_COMMAND

if TYPE_CHECKING:
    from qa.chain import Assistant
    from qa.events import Event
    from qa.store import Index

log = logging.getLogger(__name__)

MAX_STARTERS = 4


class Library(Protocol):
    """What the page needs of the index: all that answerers read (qa/match.py), and reports and commitments."""

    @property
    def reports(self) -> tuple[ReportInfo, ...]: ...
    def report(self, report_id: str) -> Report: ...
    def text(self, report_id: str) -> str: ...
    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]: ...
    def figures(self, report_id: str) -> tuple[Figure, ...]: ...
    def commitments(self, report_id: str) -> tuple[Commitment, ...]: ...


class Asked(Protocol):
    """What the page needs of the assistant; tests give a fake."""

    @property
    def index(self) -> Library: ...
    def events(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        places: Sequence[str] = (),
        years: Sequence[int] = (),
        kind: Kind | None = None,
        mode: Literal["extract", "llm"] | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]: ...


def open_index(settings: Settings) -> Index:
    """Open the index without the model, in milliseconds.

    Raises: IndexMissingError, IndexMismatchError, StoreError.
    """
    from qa.encode import encoder_fingerprint
    from qa.store import Index

    return Index.open(settings.index, encoder_fingerprint=encoder_fingerprint(settings.encoder))


def open_assistant(settings: Settings) -> Asked:
    """The real assistant.

    Raises: IndexMissingError before anything heavy is loaded; StoreError, ModelError.
    """
    open_index(settings).close()
    from qa.chain import Assistant

    assistant = Assistant.open(settings, quick=True)  # the same vectors without importing torch
    threading.Thread(target=_warm, args=(assistant,), name="warm-up", daemon=True).start()
    return assistant


def _warm(assistant: Assistant) -> None:
    """Read ahead while the first question may already be answered; errors are met again when asked."""
    try:
        assistant.warm()
    except Exception as exc:
        log.warning("not warm: %s", exc)


class Desk:
    """Owns the assistant. Opening is tried again at each call until it succeeds.

    ``look`` opens the index alone: what can be asked is shown while the model is still loading.
    """

    def __init__(self, open_it: Callable[[], Asked], look: Callable[[], Library] | None = None) -> None:
        self._open = open_it
        self._look = look
        self._lock = threading.Lock()
        self._assistant: Asked | None = None

    def assistant(self) -> Asked:
        """Raises: IndexMissingError if there is no index or no report in it; StoreError, ModelError."""
        with self._lock:
            if self._assistant is None:
                self._assistant = self._open()
        _not_empty(self._assistant.index)
        return self._assistant

    def library(self) -> Library:
        """The index as it is now, without waiting for the model. Raises: as ``assistant``."""
        if self._assistant is None and self._look is not None:
            return _not_empty(self._look())
        return self.assistant().index

    def warm(self) -> None:
        """Open in the background what the first question would wait for; errors are met again when asked."""

        def work() -> None:
            try:
                self.assistant()
            except Exception as exc:
                log.warning("not ready to answer: %s", exc)

        threading.Thread(target=work, name="warm", daemon=True).start()


def _not_empty(index: Library) -> Library:
    if not index.reports:
        raise IndexMissingError(f"索引里还没有报告：请运行 {INGEST_COMMAND}")
    return index


def starters(index: Library | None) -> list[str]:
    """Up to four questions that the index can answer, from its own rows: indicators and places vary."""
    if index is None or not index.reports:
        return []
    reports = index.reports
    made: list[str] = []
    used: set[str] = set()
    step = max(1, len(reports) // 2)
    for info, kind in (
        (reports[0], "actual"),
        (reports[-1], "target"),
        (reports[step % len(reports)], "actual"),
    ):
        row = next((r for r in _headlines(index, info, kind) if r.canonical not in used), None)
        if row is not None and row.canonical is not None:
            used.add(row.canonical)
            made.append(_question(info.place, row))
    if len(reports) > 1 and made:
        row = next(iter(_headlines(index, reports[0], "actual")), None)
        if row is not None and row.is_growth:
            made.append(_question("", row))
    return made[:MAX_STARTERS]


def _headlines(index: Library, info: ReportInfo, kind: str) -> Iterator[Figure]:
    """Rows about the place as a whole whose question names everything; growth rates first."""
    rows = [
        row
        for row in index.figures(info.report_id)
        if row.canonical and row.period.isdigit() and not row.subject and row.kind == kind
    ]
    yield from (row for row in rows if row.is_growth)
    yield from (row for row in rows if row.measure == "总量")


def _question(place: str, row: Figure) -> str:
    if row.kind == "target":
        return f"{place}{row.when}{row.canonical}的目标是多少？"
    return f"{place}{row.when}{row.canonical}{'增长多少' if row.is_growth else '是多少'}？"
