"""Evidence -> a draft by a language model, held to the same proof as one by code, or the reason to use that one.

The walk: passages -> request -> text -> statements judged (qa/ground.py) -> one repair with the exact
objections -> claims. What code finds for the same question is at hand throughout: it ranks the evidence, says
what would answer the question, and is the answer whenever the model's is not usable.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.errors import GenerationError
from qa.events import Drafted, Sent
from qa.ground import Grounded, ground
from qa.match import covered, pairs_of
from qa.measure_fit import fits_measure, fits_time
from qa.model import REASONS, Speaker, Spent
from qa.prompt import Prompt, build, count_tokens, repair, templates
from qa.sources import Sources
from qa.types import Draft, Evidence, Figure, Generation, Hit, Mode, Scope, Struck
from qa.wanted import wanted

log = logging.getLogger(__name__)

LEAST_FOR_REPAIR = 0.3
"""Share of the time limit that must be left for a second request."""
LEAST_HAN = 0.3
ANSWERS = 0.5
"""Least share of the question's words in the evidence of an answer where code found none."""
MILLION = Decimal(1_000_000)

BY_CODE = "这个问题由程序直接回答，没有请求语言模型。"
_INSTEAD = "{reason}，以下是程序从原文摘录的回答。"
_MORE = {
    "unmarked": "语言模型的回答没有一句能用原文证明",
    "language": "语言模型没有用中文回答",
    "beside": "语言模型的回答没有切合所问",
    "declined": "语言模型认为资料中未提及，但程序在原文里找到了有关内容",
    "crowded": "要比较的报告多于一次能交给语言模型的",
    "nothing": "没有找到可以交给语言模型的段落",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft to verify, whose it is, and what the model had to do with it."""

    draft: Draft
    mode: Mode
    generation: Generation | None


@dataclass(frozen=True, slots=True)
class _Round:
    text: str
    judged: tuple[Grounded, ...]

    @property
    def kept(self) -> list[Grounded]:
        return [item for item in self.judged if item.claim]

    @property
    def objections(self) -> list[str]:
        return [f"“{item.text}”：{item.objection}" for item in self.judged if item.objection]

    @property
    def declines(self) -> bool:
        return not self.kept and any(item.refuses for item in self.judged)

    @property
    def worth(self) -> tuple[int, int]:
        sure = [item for item in self.kept if not item.unsure]
        return len(sure), -len(self.objections)


def generate(
    scope: Scope,
    hits: Sequence[Hit],
    found: Draft,
    *,
    sources: Sources,
    speaker: Speaker,
    cancel: threading.Event | None = None,
) -> Iterator[Sent | Drafted | Outcome]:
    """Ask the model; the last item is the Outcome. ``found`` is what code answers.

    Raises: GenerationError of kind "cancelled" only; every other failure ends in ``found``.
    """
    work = _Work(scope, found, sources=sources, speaker=speaker, cancel=cancel)
    if found.reason in ("off_topic", "no_such_report"):
        yield work.outcome(found, "extract", BY_CODE)
        return
    prompt = build(
        scope.question,
        _evidence(found, hits),
        sources,
        window=speaker.settings.llm_window,
        max_tokens=speaker.settings.llm_max_tokens,
    )
    missing = {e.report_id for c in found.claims for e in c.evidence} - {
        p.info.report_id for p in prompt.passages
    }
    if not prompt.passages or (missing and found.reason is None):
        yield work.instead(_MORE["crowded" if prompt.passages else "nothing"])
        return
    try:
        yield from work.rounds(prompt)
    except GenerationError as exc:
        if exc.kind == "cancelled":
            raise
        yield work.instead(_said(exc))
        return
    yield work.settled()


class _Work:
    """One question on its way: the rounds so far and what they cost."""

    def __init__(
        self,
        scope: Scope,
        found: Draft,
        *,
        sources: Sources,
        speaker: Speaker,
        cancel: threading.Event | None,
    ) -> None:
        self.scope, self.found, self.sources = scope, found, sources
        self.speaker, self.settings, self.cancel = speaker, speaker.settings, cancel
        self.done: list[_Round] = []
        self.spent: list[Spent] = []
        self.until = speaker.now() + self.settings.llm_timeout_s

    # -------------------------------------------------------------- asking

    def rounds(self, prompt: Prompt) -> Iterator[Sent | Drafted]:
        """The request, and a second one if something does not stand and there is time and room for it."""
        yield from self._round(prompt)
        first = self.done[0]
        again = repair(prompt, first.text, first.objections)
        room = again.tokens + self.settings.llm_max_tokens <= self.settings.llm_window
        time_left = self.until - self.speaker.now() >= LEAST_FOR_REPAIR * self.settings.llm_timeout_s
        if not first.objections or not room or not time_left or not _is_chinese(first.text):
            return
        try:
            yield from self._round(again)
        except GenerationError as exc:
            if exc.kind == "cancelled":
                raise
            log.info("no repaired text: %s", exc)  # what stood in the first text stands

    def _round(self, prompt: Prompt) -> Iterator[Sent | Drafted]:
        log.debug("prompt: %s", prompt.shown)
        yield Sent(prompt, len(self.done) + 1)
        text, spent = "", Spent()
        for item in self.speaker.stream(prompt.messages, until=self.until, cancel=self.cancel):
            if isinstance(item, Spent):
                spent = item
            else:
                text = self.settings.llm_api_key.masked(item)
                yield Drafted(text)
        if not spent.known:
            spent = Spent(prompt.tokens, count_tokens(text))
        self.spent.append(spent)
        rows = [row for claim in self.found.claims for row in claim.figures]
        known = rows if self.found.reason is None else []
        judged = ground(text, prompt.passages, self.sources, self.scope, known)
        self.done.append(_Round(text, tuple(judged)))

    # -------------------------------------------------------------- deciding

    def settled(self) -> Outcome:
        """The best round as a draft, or what code found."""
        best = max(reversed(self.done), key=lambda each: each.worth)
        if not _is_chinese(best.text):
            return self.instead(_MORE["language"], best)
        if any(each.declines for each in self.done) and not best.kept:
            if self.found.reason is not None:
                return self.outcome(self.found, "llm", "", best)
            return self.instead(_MORE["declined"], best)
        if not best.kept:
            return self.instead(_MORE["unmarked"], best)
        claims = tuple(item.claim for item in best.judged if item.claim)
        if not self._answers(best):
            return self.instead(_MORE["beside"], best)
        lost = [item for item in best.judged if item.objection]
        note = f"语言模型的回答里有 {len(lost)} 句未能核实，已删去或标明。" if lost else ""
        return self.outcome(Draft(claims, None, self.found.suggestions), "llm", note, best)

    def _answers(self, best: _Round) -> bool:
        """Whether what stands is what was asked, and not a true statement beside the question.

        Where code found rows, one of them must be among the statement's; where it found nothing, a figure must be
        of the time and kind asked for, and the evidence must hold the question's words.
        """
        said = [row for item in best.kept if item.claim for row in item.claim.figures]
        rows = [row for claim in self.found.claims for row in claim.figures]
        if self.found.reason is None:
            if not rows or self.scope.intent not in ("figure", "compare"):
                return True
            return any(_same(one, other) for one in said for other in rows)
        asked = wanted(self.scope)
        if self.scope.intent in ("figure", "compare") or asked[0].measure or asked[0].families:
            fit = [r for r in said if fits_time(r, self.scope) and fits_measure(r, asked[0])]
            if asked[0].indicators:
                fit = [r for r in fit if r.canonical in asked[0].indicators and not r.subject]
            if not fit:
                return False
        held = pairs_of(" ".join(self._text(span) for i in best.kept if i.claim for span in i.claim.evidence))
        return all(covered(held, want, self.sources.weights) >= ANSWERS for want in asked)

    def _text(self, span: Evidence) -> str:
        paragraph = self.sources.library.paragraphs(span.report_id)[span.paragraph - 1]
        said = self.sources.library.text(span.report_id)[span.start : span.end]
        return " ".join((said, *paragraph.section))

    # -------------------------------------------------------------- outcomes

    def instead(self, reason: str, best: _Round | None = None) -> Outcome:
        """What code found, and one line why it is shown."""
        log.info("extractive answer instead: %s", reason)
        return self.outcome(self.found, "extract_fallback", _INSTEAD.format(reason=reason), best)

    def outcome(self, draft: Draft, mode: Mode, note: str, best: _Round | None = None) -> Outcome:
        taken = mode == "llm" and draft is not self.found
        struck = tuple(
            Struck(item.text, item.objection, shown=taken and item.unsure)
            for item in (best.judged if best else ())
            if item.objection
        )
        asked, told = (
            sum(getattr(s, f"{name}_tokens") for s in self.spent) for name in ("prompt", "completion")
        )
        made = Generation(
            model=self.speaker.name,
            prompt_version=templates()["version"],
            note=note,
            struck=struck,
            prompt_tokens=asked,
            completion_tokens=told,
            estimated=any(not s.known for s in self.spent),
            cost=self._cost(),
            cached=bool(self.spent) and all(s.cached for s in self.spent),
            rounds=len(self.spent),
        )
        return Outcome(draft, mode, made)

    def _cost(self) -> str | None:
        """What the texts that were not cached cost, in the currency of the prices; None without prices."""
        price_in, price_out = self.settings.llm_price_in, self.settings.llm_price_out
        if not price_in and not price_out:
            return None
        paid = [s for s in self.spent if not s.cached]
        total = sum((s.prompt_tokens * price_in + s.completion_tokens * price_out for s in paid), Decimal(0))
        return f"{total / MILLION:.6f}"


def _evidence(found: Draft, hits: Sequence[Hit]) -> list[Evidence]:
    """Best first: what code answers with, then the chunks that were found."""
    first = [span for claim in found.claims for span in claim.evidence]
    return first + [Evidence(h.chunk.report_id, h.chunk.paragraph, h.chunk.start, h.chunk.end) for h in hits]


def _same(one: Figure, other: Figure) -> bool:
    name = (one.canonical or one.indicator) == (other.canonical or other.indicator)
    return one == other or (name and (one.report_id, one.period, one.kind, one.measure, one.value, one.unit)
                            == (other.report_id, other.period, other.kind, other.measure, other.value, other.unit))  # fmt: skip


def _is_chinese(text: str) -> bool:
    """Whether at least LEAST_HAN of the letters are Chinese characters; a text without letters is not."""
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    letters = han + len(re.findall(r"[^\W\d_\u3400-\u9fff]", text))
    return letters > 0 and han >= LEAST_HAN * letters


def _said(exc: GenerationError) -> str:
    """The reason for a user, with the seconds to wait where they are known."""
    said = REASONS.get(exc.kind, str(exc))
    return f"{said}（约 {max(1, round(exc.wait_s))} 秒后再试）" if exc.kind == "down" else said
