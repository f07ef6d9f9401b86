"""Is an answer true to what it cites, in a language model's opinion? Beside the metrics, never instead of them.

Each cited statement of an answer goes to the model of the settings with the texts of its citations, in a
request of its own. Only the three words of eval/templates/judge.toml count as a reply; all else is
"unjudged", is counted as that, and lowers no score.
"""

from __future__ import annotations

import hashlib
import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from qa.config import Settings
from qa.errors import ConfigError, GenerationError
from qa.llm_cache import Message
from qa.model import Speaker, Spent, open_model
from qa.prompt import count_tokens
from qa.types import Answer, Citation

log = logging.getLogger(__name__)

Opinion = Literal["supported", "unsupported", "unclear", "unjudged"]

PROMPT = Path(__file__).with_name("templates") / "judge.toml"
SAID_CHARS = 80
"""Characters kept of a reply that is none of the three words."""
MILLION = Decimal(1_000_000)

_SENTENCE = re.compile(r"[^。！？；]+(?:[。！？；]+[”’」』）)*]*(?:【\d+】)*)?")
_MARKER = re.compile(r"【(\d+)】")
_RULE = re.compile(r"\|[\s|:\-]+\|?$")
_MARKUP = re.compile(r"^\s*[-*•]\s+|\*\*")
_ABSENT = "未提及"


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an answer without its markers, and the numbers of its citations, each once, in order."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement and the model's opinion. ``why`` says what kept it from one (unjudged), else "".

    ``why``: a kind of ``qa.model.REASONS``; "format" (``said`` is the head of the reply); "citation" for a
    marker without citation; else the name of an exception.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Opinion
    why: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The opinions on one answer and what they cost; the names are those of ``qa.types.Generation``.

    ``rounds`` counts requests that gave a text, ``cached`` says that all of them came from the cache.
    """

    model: str
    prompt_version: str
    statements: tuple[Judged, ...]
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cost: str | None = None
    cached: bool = False
    rounds: int = 0

    @property
    def share(self) -> float | None:
        """Supported statements among those with an opinion; None if no statement has one."""
        judged = [item.verdict for item in self.statements if item.verdict != "unjudged"]
        return judged.count("supported") / len(judged) if judged else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of a record."""
        return asdict(self)


class Judge:
    """The model as a judge; owns its connection. One request a statement, kept in QA_LLM_CACHE by content."""

    def __init__(self, settings: Settings, speaker: Speaker) -> None:
        self._settings = settings
        self._speaker = speaker

    @classmethod
    def open(cls, settings: Settings) -> Judge:
        """The endpoint of the settings. Raises: ConfigError if there is none, or langchain_openai is missing."""
        if not settings.llm_base_url:
            raise ConfigError(
                "--judge 要用语言模型来评，还没有设置：请设 QA_LLM_BASE_URL 和 QA_LLM_MODEL，或去掉 --judge"
            )
        return cls(settings, Speaker(open_model(settings), settings, strict=True))

    def judgement(self, answer: Answer) -> Judgement | None:
        """Opinions on all cited statements, in order. None for a refusal and where nothing is cited.

        Raises nothing: what fails is "unjudged".
        """
        said = [] if answer.abstained else statements(answer.answer)
        if not said:
            return None
        spent: list[Spent] = []
        judged = tuple(self._judged(item, answer, spent) for item in said)
        return Judgement(
            model=self._speaker.name,
            prompt_version=prompt()["version"],
            statements=judged,
            prompt_tokens=sum(item.prompt_tokens for item in spent),
            completion_tokens=sum(item.completion_tokens for item in spent),
            estimated=any(not item.known for item in spent),
            cost=_cost(self._settings, spent),
            cached=bool(spent) and all(item.cached for item in spent),
            rounds=len(spent),
        )

    def _judged(self, statement: Statement, answer: Answer, spent: list[Spent]) -> Judged:
        """One opinion; what the request cost is added to ``spent``."""
        cited = {item.n: item for item in answer.citations}
        if any(n not in cited for n in statement.citations):
            return Judged(statement.text, statement.citations, "unjudged", "citation")
        question = answer.scope.question or answer.question
        messages = request(question, statement.text, [cited[n] for n in statement.citations])
        try:
            reply = self._asked(messages, spent)
        except Exception as exc:  # an opinion beside the metrics must not end a run: it is counted as missing
            why = exc.kind if isinstance(exc, GenerationError) else type(exc).__name__
            log.warning("a statement stays unjudged: %s", why)
            return Judged(statement.text, statement.citations, "unjudged", why)
        verdict = opinion(reply)
        if verdict == "unjudged":
            said = self._settings.llm_api_key.masked(reply).strip()[:SAID_CHARS]
            return Judged(statement.text, statement.citations, verdict, "format", said)
        return Judged(statement.text, statement.citations, verdict)

    def _asked(self, messages: Sequence[Message], spent: list[Spent]) -> str:
        reply, cost = "", Spent()
        for item in self._speaker.stream(messages, until=self._speaker.now() + self._settings.llm_timeout_s):
            if isinstance(item, Spent):
                cost = item
            else:
                reply = item
        if not cost.prompt_tokens:  # the endpoint did not say, now or when the text was kept
            asked = sum(count_tokens(content) for _, content in messages)
            cost = Spent(asked, count_tokens(reply), cached=cost.cached)
        spent.append(cost)
        return reply


def statements(text: str) -> list[Statement]:
    """The cited statements of an answer's Markdown, in order.

    A sentence without markers belongs to the next one in its line that has some; what follows the last
    marker of a line, and sentences that say 未提及, are left out: they cite nothing. A table row is one
    statement, each cell under its heading.
    """
    found: list[Statement] = []
    heads: list[str] | None = None
    for line in map(str.strip, text.splitlines()):
        if not line.startswith("|"):
            heads = None
            found += _of_line(line)
        elif heads is None:
            heads = _cells(line)
        elif not _RULE.match(line):
            found += _statement("；".join(f"{h}：{c}" for h, c in zip(heads, _cells(line), strict=False)))
    return found


def _of_line(line: str) -> list[Statement]:
    found: list[Statement] = []
    begun = ""
    for sentence in _SENTENCE.findall(line):
        marked = _MARKER.search(sentence)
        if _ABSENT in sentence and not marked:
            continue
        begun += sentence
        if marked:
            found += _statement(begun)
            begun = ""
    return found


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def _statement(marked: str) -> list[Statement]:
    """The statement of a text with markers; none without."""
    numbers = tuple(dict.fromkeys(int(n) for n in _MARKER.findall(marked)))
    bare = _MARKUP.sub("", _MARKER.sub("", marked)).strip()
    return [Statement(bare, numbers)] if numbers and bare else []


def request(question: str, statement: str, cited: Sequence[Citation]) -> tuple[Message, ...]:
    """The messages of one request: rules as system, texts of others as user."""
    told = prompt()
    passages = "".join(
        told["passage"].format(
            n=item.n,
            place=item.place,
            year=item.year,
            title=item.title,
            section="".join(f" · {part}" for part in item.section),
            text=item.quote.strip(),
        )
        for item in cited
    )
    user = told["user"].format(passages=passages, question=question, statement=statement)
    return (("system", told["system"]), ("user", user))


def opinion(reply: str) -> Opinion:
    """The reply read word for word but for blanks around it: one of the three words, or "unjudged"."""
    return _verdicts().get(reply.strip(), "unjudged")


@cache
def prompt() -> Mapping[str, str]:
    """version, system, passage and user of judge.toml."""
    raw = tomllib.loads(PROMPT.read_text("utf-8"))
    texts = {name: text for name, text in raw.items() if isinstance(text, str)}
    return {name: text if name == "passage" else text.strip("\n") for name, text in texts.items()}


@cache
def _verdicts() -> Mapping[str, Opinion]:
    raw = tomllib.loads(PROMPT.read_text("utf-8"))["verdicts"]
    return {raw[name]: name for name in ("supported", "unsupported", "unclear")}


def fingerprint() -> str:
    """Version of the prompt and the head of a hash over it and this file: what opinions depend on."""
    content = PROMPT.read_bytes() + Path(__file__).read_bytes()
    return f"{prompt()['version']}-{hashlib.sha256(content).hexdigest()[:8]}"


def _cost(settings: Settings, spent: Sequence[Spent]) -> str | None:
    """As ``Generation.cost``: of the texts that were not cached; None without prices."""
    if not settings.llm_price_in and not settings.llm_price_out:
        return None
    paid = [item for item in spent if not item.cached]
    asked = sum((item.prompt_tokens for item in paid), 0) * settings.llm_price_in
    told = sum((item.completion_tokens for item in paid), 0) * settings.llm_price_out
    return f"{(asked + told) / MILLION:.6f}"
