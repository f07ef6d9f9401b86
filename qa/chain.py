"""The walk of a question: scope -> retrieve -> extract (-> generate) -> verify. Only this module knows the order.

``Assistant`` owns what is expensive (index, encoder, rows, chat model) and is a LangChain Runnable: invoke,
batch and stream take {"question", "history"} or a plain question and give Answers; ``events`` shows the way.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Literal, Unpack

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableConfig

from qa.by_meaning import by_meaning
from qa.config import MODES, Settings
from qa.conversation import turns_of
from qa.encode import Encoder, encoder_fingerprint, load_encoder
from qa.errors import ConfigError, GenerationError, QuestionError
from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.extract import draft
from qa.generate import Outcome, generate
from qa.late_interaction import LateInteraction
from qa.lazy_hits import LazyHits
from qa.match import FigureTable, Weights
from qa.model import Speaker, open_model
from qa.parent_report import of_parent
from qa.question_places import Catalogue
from qa.scope import resolve
from qa.searching import find_hits
from qa.separate import one_by_one
from qa.sources import Sources
from qa.store import Index, LiveIndex
from qa.suggest import suggestions
from qa.tables import Filters, Wish, find_commitments, find_figures
from qa.text import fold, has_half_character, sounds
from qa.thesaurus import in_other_words
from qa.types import Answer, Commitment, Draft, Figure, Hit, Kind, Scope, Turn
from qa.verify import Verified, verify

log = logging.getLogger(__name__)

WARM_UP = "去年地区生产总值增长多少"
HITS = 12
"""Chunks handed to the answerer; per report when several are in scope."""
HITS_EACH = 4
MAX_TURNS = 20
MAX_NAME_TEXTS = 200
"""Reports whose texts are searched for a county that a question names."""

Question = str | Mapping[str, Any]
AskMode = Literal["extract", "llm"]


class Assistant(Runnable[Question, Answer]):
    """Answers questions from one index. Safe to use from several threads.

    A new generation of the index is picked up at the next question, without restart.
    """

    def __init__(
        self,
        settings: Settings,
        live: LiveIndex,
        encoder: Encoder,
        *,
        chat_model: BaseChatModel | None = None,
    ) -> None:
        self._settings = settings
        self._chat_model = chat_model
        self._speaker: Speaker | None = None
        self._live = live
        self._encoder = encoder
        self._tokens = LateInteraction.of(encoder)
        self._lock = threading.Lock()
        self._state: tuple[Index, Sources, Catalogue] | None = None

    @classmethod
    def open(
        cls, settings: Settings, *, quick: bool = False, chat_model: BaseChatModel | None = None
    ) -> Assistant:
        """Open the index, load the encoder and read what every question needs.

        ``quick`` is for a process that answers a question or a few: see ``load_encoder``; what only some
        questions need is read with the first of them, or by ``warm``. ``chat_model`` is used in mode "llm"
        instead of the endpoint of the settings.

        Raises: IndexMissingError, IndexMismatchError, ModelError.
        """
        with ThreadPoolExecutor(max_workers=1) as pool:
            loading = pool.submit(load_encoder, settings.encoder, threads=settings.threads, quick=quick)
            live = LiveIndex(settings.index, encoder_fingerprint=encoder_fingerprint(settings.encoder))
            state = _prepare(live.current())
            assistant = cls(settings, live, loading.result(), chat_model=chat_model)
        assistant._state = state
        if not quick:
            assistant.warm()
        return assistant

    def warm(self) -> None:
        """Read ahead what a question would otherwise wait for: the rows of all reports, words, syllables."""
        _, sources, catalogue = self._current()
        self._encoder.encode_queries([WARM_UP])
        resolve(WARM_UP, catalogue)
        sources.table.warm(info.report_id for info in catalogue.reports[:MAX_NAME_TEXTS])
        sounds(WARM_UP)  # the syllable tables take half a second at their first use

    @property
    def encoder(self) -> Encoder:
        """The loaded encoder."""
        return self._encoder

    @property
    def index(self) -> Index:
        """The newest generation of the index."""
        return self._live.current()

    def _current(self) -> tuple[Index, Sources, Catalogue]:
        index = self._live.current()
        state = self._state
        if state is not None and state[0] is index:
            return state
        with self._lock:
            if self._state is None or self._state[0] is not index:
                self._state = _prepare(index)
            return self._state

    # -------------------------------------------------------------- asking

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        places: Sequence[str] = (),
        years: Sequence[int] = (),
        kind: Kind | None = None,
        question_id: str | None = None,
        mode: AskMode | None = None,
    ) -> Answer:
        """Answer one question. ``places``, ``years`` and ``kind`` narrow what the question itself leaves open.

        ``mode`` None is the settings'. In mode "llm" whatever goes wrong with the model gives the extractive
        answer, mode "extract_fallback", with a line why in ``generation.note``.

        Raises: QuestionError for an empty or over-long question; StoreError, ModelError; ConfigError for mode
        "llm" without a model.
        """
        events = self.events(
            question, history, places=places, years=years, kind=kind, question_id=question_id, mode=mode
        )
        for event in events:
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("events end with Finished unless they are cancelled")

    def events(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        places: Sequence[str] = (),
        years: Sequence[int] = (),
        kind: Kind | None = None,
        question_id: str | None = None,
        mode: AskMode | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]:
        """The same as it happens: Scoped; in mode "llm" Sent and unverified Drafted; last Finished.

        Closing the iterator, or setting ``cancel``, breaks off a request that is under way; after ``cancel``
        the events end without Finished. Raises: as ``ask``, at the first event.
        """
        self._check(question, history)
        speaker = self._speaker_for(mode)
        clock = _Clock()
        index, sources, catalogue = self._current()

        def scope_of(asked: str, before: Sequence[Turn]) -> Scope:
            said = resolve(asked, catalogue, history=before[-MAX_TURNS:])
            return _of_kind(_narrow(said, places, years, catalogue), kind)

        def draft_of(asked: str, before: Sequence[str] | None) -> Draft:
            turns = () if before is None else (*history, *(Turn("user", text) for text in before))
            own = scope_of(asked, turns)
            return one_by_one(asked, own, draft(own, self._lazy_hits(own), sources), sources, draft_of)

        def answer_to(asked: str) -> Draft:
            return draft_of(asked, ())

        scope = scope_of(question, history)
        clock.lap("scope")
        yield Scoped(scope)
        hits = self._lazy_hits(scope)
        found = one_by_one(question, scope, draft(scope, hits, sources), sources, draft_of)
        found = in_other_words(question, scope, found, catalogue, answer_to)
        found = of_parent(question, scope, found, sources, catalogue, answer_to)
        found = by_meaning(question, scope, found, index, sources, self.encoder, self._tokens)
        outcome: Outcome | None = Outcome(found, "extract", None)
        if speaker is not None:
            outcome = yield from _told(
                generate(scope, hits, found, sources=sources, speaker=speaker, cancel=cancel)
            )
        if outcome is None:
            return
        clock.lap("answer", within={"retrieve": hits.spent_ms})
        done = verify(outcome.draft, sources.library, {info.report_id: info for info in sources.reports})
        clock.lap("verify")
        log.info("question answered: struck=%d ms=%.0f", len(done.struck), clock.total)
        answer = _answer_of(question_id or _identity(question, history), question, scope, outcome, done)
        more = suggestions(scope, done, sources)
        yield Finished(replace(answer, suggestions=more, timings_ms=clock.laps()))

    def _speaker_for(self, mode: AskMode | None) -> Speaker | None:
        """The chat model for a question, opened at the first one that wants it; None for mode "extract"."""
        chosen = mode or self._settings.mode
        if chosen not in MODES:
            raise ConfigError(f"mode 应是 {' 或 '.join(MODES)}，现在是 {chosen!r}")
        if chosen == "extract":
            return None
        with self._lock:
            if self._speaker is None:
                own = self._chat_model
                model = own if own is not None else open_model(self._settings)
                self._speaker = Speaker(model, self._settings, strict=own is None)
            return self._speaker

    def retrieve(
        self, question: str, history: Sequence[Turn] = (), *, k: int = 10
    ) -> tuple[Scope, list[Hit]]:
        """The scope of a question and its k best chunks within it."""
        self._check(question, history)
        _, _, catalogue = self._current()
        scope = resolve(question, catalogue, history=history[-MAX_TURNS:])
        return scope, self._hits(scope, k=k)[:k]

    def figures(self, **filters: Unpack[Wish]) -> tuple[Figure, ...]:
        """The figures of all reports that satisfy the filters (see qa.tables.Filters), in report order.

        Raises: QAError for an unknown place or kind, or a period that is no year.
        """
        return tuple(row.fact for row in find_figures(self.index, Filters(**filters))[0])

    def commitments(self, **filters: Unpack[Wish]) -> tuple[Commitment, ...]:
        """The commitments of all reports that satisfy the filters, in report order. Raises: as ``figures``."""
        return tuple(row.fact for row in find_commitments(self.index, Filters(**filters))[0])

    def _lazy_hits(self, scope: Scope) -> LazyHits:
        return LazyHits(lambda: self._hits(scope, k=HITS if len(scope.report_ids) == 1 else HITS_EACH))

    def _hits(self, scope: Scope, *, k: int) -> list[Hit]:
        """Chunks for a scope: of one report the k best; of several, each one's best first, then the next."""
        index, sources, _ = self._current()
        return find_hits(scope, index, sources, self.encoder, k=k)

    def _check(self, question: str, history: Sequence[Turn]) -> None:
        limit = self._settings.max_question_chars
        if not question.strip():
            raise QuestionError("问题是空的：请输入一个问题，例如“2023年地区生产总值增长多少？”")
        if len(question) > limit:
            raise QuestionError(f"问题太长：最多 {limit} 个字，现在是 {len(question)} 个字，请缩短后再问")
        if any(has_half_character(text) for text in (question, *(turn.content for turn in history))):
            raise QuestionError("问题里有不成字的字符：请用 UTF-8 输入")

    # -------------------------------------------------------------- Runnable

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer a question, or {"question": …, "history": [{"role", "content"}]}."""
        return self._call_with_config(self._answer, input, config, **kwargs)

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """The answer as one item: extractive answers are verified whole before they leave."""
        yield self.invoke(input, config, **kwargs)

    def _answer(self, value: Question) -> Answer:
        if isinstance(value, str):
            return self.ask(value)
        if not isinstance(value, Mapping):
            raise QuestionError('问题应是文字，或形如 {"question": "…", "history": […]}')
        turns = tuple(turns_of(value.get("history") or ()))
        return self.ask(str(value.get("question") or ""), turns, question_id=value.get("id"))


def _told(events: Iterator[Sent | Drafted | Outcome]) -> Generator[Event, None, Outcome | None]:
    """Pass on what happens while a model answers. Returns: what comes of it; None if it was cancelled."""
    outcome = None
    try:
        for event in events:
            if isinstance(event, Outcome):
                outcome = event
            else:
                yield event
    except GenerationError:
        return None
    return outcome


def _answer_of(name: str, question: str, scope: Scope, outcome: Outcome, done: Verified) -> Answer:
    """The values of the steps as one, under its id; what can be asked next and the times are still to come."""
    return Answer(
        id=name,
        question=question,
        answer=done.answer,
        abstained=done.reason is not None,
        reason=done.reason,
        mode=outcome.mode,
        citations=done.citations,
        figures=done.figures,
        scope=scope,
        generation=outcome.generation,
    )


def _prepare(index: Index) -> tuple[Index, Sources, Catalogue]:
    """What is read of an index once: word weights, rows, and the texts that names are looked up in."""
    index.warm()
    weights = Weights.from_texts(chunk.text for chunk in index.chunks)
    sources = Sources(index, index.reports, FigureTable(index, weights))
    texts = {info.report_id: _names_of(index.text(info.report_id)) for info in index.reports[:MAX_NAME_TEXTS]}
    return index, sources, Catalogue(index.reports, texts)


def _names_of(text: str) -> str:
    """A text as names are looked up in it: folded, without quotation marks."""
    return re.sub(r"[“”‘’《》]", "", fold(text))


def _narrow(scope: Scope, places: Sequence[str], years: Sequence[int], catalogue: Catalogue) -> Scope:
    """Apply the caller's own filters (flags, chips) on top of what the question says."""
    if not places and not years:
        return scope
    kept = [
        info.report_id
        for info in catalogue.reports
        if (not places or info.place in places)
        and (not years or info.year in years)
        and (info.report_id in scope.report_ids or (places and not scope.places))
    ]
    shown = tuple(dict.fromkeys(info.place for info in catalogue.reports if info.report_id in kept))
    return replace(scope, report_ids=tuple(kept), places=shown, missing_places=scope.missing_places)


def _of_kind(scope: Scope, kind: Kind | None) -> Scope:
    """The scope with the caller's kind where the question, and each of its several, says none."""
    if kind is None or scope.kind is not None:
        return scope
    asks = tuple(ask if ask.kind else replace(ask, kind=kind) for ask in scope.asks)
    return replace(scope, kind=kind, asks=asks)


def _identity(question: str, history: Sequence[Turn]) -> str:
    """An id that is the same for the same question in the same conversation."""
    told = "\x1e".join([*(f"{turn.role}\x1f{turn.content}" for turn in history), question])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


class _Clock:
    """Milliseconds per step."""

    def __init__(self) -> None:
        self._begin = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str, *, within: Mapping[str, float] | None = None) -> None:
        """End a step; ``within`` are steps that ran inside it and are told apart."""
        now = time.perf_counter()
        inner = dict(within or {})
        self._laps |= inner
        self._laps[name] = round(max(0.0, (now - self._last) * 1000 - sum(inner.values())), 2)
        self._last = now

    @property
    def total(self) -> float:
        return round((self._last - self._begin) * 1000, 2)

    def laps(self) -> dict[str, float]:
        return {"total": self.total, **self._laps}
