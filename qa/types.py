"""The values that pass between the steps. Frozen; this module imports nothing of ours.

Offsets are half-open ``[start, end)`` in Python characters of ``Report.text``, the cleaned text of
one report, and are never relative to a paragraph or chunk. Citation numbers are 1-based.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Literal

Part = Literal["head", "review", "plan"]
"""Where in a report a paragraph stands: before the first section, the review of the past, the plan."""

Kind = Literal["actual", "target"]
Reason = Literal["not_stated", "no_such_report", "off_topic"]
Mode = Literal["extract", "llm", "extract_fallback"]
Verdict = Literal["supported", "contradicted", "unsupported", "unchecked"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit that a citation points to.

    ``number`` is 1-based within the report; ``text == report.text[start:end]``; ``section`` is the
    path of headings above it, outermost first, as written ("一、2023年工作回顾", "（一）…").
    """

    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    part: Part = "head"
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of the file that is not part of the report, and why it was left out."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """One source document after cleaning. ``year`` is the year in which it was given."""

    report_id: str
    place: str
    year: int
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    source: str
    sha256: str
    doc_kind: str = "政府工作报告"
    given_on: str | None = None
    speaker: str | None = None
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is searched. ``text == report.text[start:end]``; ``prefix`` is only searched."""

    chunk_id: str
    report_id: str
    paragraph: int
    start: int
    end: int
    text: str
    prefix: str = ""

    @property
    def search_text(self) -> str:
        """What is embedded and indexed: the structural prefix, then the text."""
        return f"{self.prefix}\n{self.text}" if self.prefix else self.text


def looks_back_on(year: int, given_on: str | None) -> int:
    """The last year that a report of ``year`` tells of: that before it, but its own if it was given late in it.

    A policy address of October 2030, and a county's report of December, tell of 2030.
    """
    late = given_on is not None and given_on[:4] == str(year) and given_on[5:7] >= "07"
    return year if late else year - 1


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """One line of the catalogue: what the index knows of a report without its text."""

    report_id: str
    place: str
    year: int
    title: str
    doc_kind: str
    given_on: str | None
    speaker: str | None
    source: str
    sha256: str
    paragraphs: int
    chunks: int
    characters: int
    figures: int = 0
    commitments: int = 0

    @property
    def called(self) -> str:
        """How a sentence names it: 海棠市2031年报告."""
        return f"{self.place}{self.year}年报告"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a report states, with all that makes it comparable.

    ``indicator`` is the subject as written, completed from its context; ``canonical`` its name in
    qa/data/indicators.toml, if known. ``value`` is exact, in ``unit`` as written (12 with 万个 stays
    so). ``subject`` is a narrower or wider bearer than the report's place (中心城区, 全国), else "".
    ``start``/``end`` span the value phrase, ``clause_start``/``clause_end`` the clause from its
    subject on. ``period`` is a year ("2023"), a span of years, a part of a year ("2023年上半年") or "" when unknown.
    ``per`` is "月" or "年" of a sum that each is paid by the month or by the year (低保标准), else "".
    """

    report_id: str
    paragraph: int
    indicator: str
    canonical: str | None
    measure: str
    value: Decimal
    unit: str
    comparator: str
    subject: str
    period: str
    kind: Kind
    start: int
    end: int
    clause_start: int
    clause_end: int
    per: str = ""

    @property
    def when(self) -> str:
        """Its time in words: 2031年, 2026—2030年, 2031年上半年; "" where it is not known."""
        return self.period if "年" in self.period else f"{self.period}年" * bool(self.period)

    @property
    def is_growth(self) -> bool:
        """Whether it is a rate of growth or fall: 增长5%, 下降0.3%."""
        return self.measure in ("增速", "降幅")

    @property
    def is_amount(self) -> bool:
        """Whether it says how much there is or was added, not how much it changed."""
        return self.measure in ("总量", "累计", "增量")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of a report's plan: a clause that says what will be done.

    ``start``/``end`` span the clause in the report's text. ``kind`` is a class of qa/data/commitments.toml
    (新建, 开工, 建成, 完成, 改造, 新增, 创建, 力争, 推进), ``verb`` the word it was told by. ``sector`` is the
    heading it stands under, innermost, without its number; ``names`` the projects and places it names,
    in order; ``period`` the year it is for; ``figures`` the target figures whose values stand in it.
    """

    report_id: str
    paragraph: int
    kind: str
    verb: str
    sector: str
    period: str
    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One of the things that a question asks: "去年新建多少，今年计划多少" asks two.

    ``terms`` are its content words; ``topic`` those of the question's beginning, which it may share;
    ``parts`` the several things that it is asked of ("A、B各多少"), if there are such.
    """

    text: str
    terms: tuple[str, ...]
    topic: tuple[str, ...] = ()
    kind: Kind | None = None
    years: tuple[int, ...] = ()
    parts: tuple[Ask, ...] = ()
    span: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values of each place that a question holds against each other or adds: 今年目标 and 去年实绩.

    ``bound`` is set where only the places are asked for whose first value is above or below the second;
    ``moved`` where one thing's way over several years is asked for (五年增加多少家), which reports may state themselves;
    ``then`` are the pairs that later clauses of the question ask for.
    """

    how: Literal["difference", "total", "ratio"]
    sides: tuple[Ask, Ask]
    bound: Literal["", "above", "below"] = ""
    moved: bool = False
    then: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """What a question wants made of the values that it asks for: 两样加起来多少, 还差多少亿, 哪个最快.

    ``count`` is how many values it says there are, 0 unsaid; ``years`` those that it takes them from; ``asks``
    how many of the question's asks stand before it where others follow, else 0. ``gap``: how far the first is
    from the last is asked for too (比最慢的快几个点).
    """

    how: Literal["difference", "total", "ratio", "most", "least"]
    said: str
    count: int = 0
    years: tuple[int, ...] = ()
    asks: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list that was shown before, by its place: the second one, and what is asked of it.

    ``listed`` is the question that the list answered, ``place`` 1-based from its beginning or, negative, from
    its end; ``said`` that place as said, ``rest`` what is asked of the item, "" for the item itself.
    """

    listed: str
    place: int
    said: str
    rest: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question asks about, after the conversation has completed it.

    ``question`` is the resolved question, ``report_ids`` the reports it is asked of (empty only if
    there is none). ``years`` are the years the facts are about, not the years of the reports; ``span`` the
    years together, where a question asks of several at once (十四五时期: 2021—2025).
    ``missing_places`` are places named in the question that no report covers; ``anchors`` are places
    within a report (a county) that whatever answers must be about; ``asks`` are its several questions,
    ``parts`` the several things that its one question is asked of, ``pair`` the two values of each place
    that it holds against each other; ``tally`` what it wants computed of the values asked for; ``item`` the
    one of a list shown before that it is about, while all else is of the question for that list.
    ``inherited`` names what came from the conversation; ``mended`` are words of the reports that were read
    where the question has one character wrong.
    """

    question: str
    intent: Literal["figure", "compare", "list", "text", "off_topic"] = "text"
    places: tuple[str, ...] = ()
    missing_places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    span: str = ""
    kind: Kind | None = None
    indicators: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    parts: tuple[Ask, ...] = ()
    pair: Pair | None = None
    tally: Tally | None = None
    item: Item | None = None
    report_ids: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def part(self) -> Part | None:
        """The part of a report that tells of what is asked: results its review, targets its plan; None of either."""
        return None if self.kind is None else "review" if self.kind == "actual" else "plan"


@dataclass(frozen=True, slots=True)
class Hit:
    """A found chunk. ``rank`` is 1-based; a larger ``score`` is better; the score's range is its source's."""

    chunk: Chunk
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a report that a statement stands on."""

    report_id: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that code computed from figures: exact decimal arithmetic over its operands."""

    indicator: str
    measure: str
    value: Decimal
    unit: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a draft: Markdown without markers, and the spans that carry it.

    A claim without evidence may hold no number but years and the ones in ``derived``. ``echo`` are the
    question's own words within a refusal: they state nothing.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    derived: tuple[Derived, ...] = ()
    echo: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answerer proposes, before verification."""

    claims: tuple[Claim, ...]
    reason: Reason | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted span of a report as an answer shows it: ``quote == report.text[start:end]``.

    ``n`` is 1-based, the number in 【n】; ``year`` is that of the report; ``section`` and ``paragraph_text`` are those of
    the paragraph that holds the span.
    """

    n: int
    report_id: str
    place: str
    year: int
    title: str
    section: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    quote: str
    paragraph_text: str


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A number in an answer. ``citation`` is the number of its citation; operands of a derived one too."""

    indicator: str
    measure: str
    value: str
    unit: str
    comparator: str
    place: str
    period: str
    kind: Kind
    derived: bool
    citation: int
    verdict: Verdict
    operands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Struck:
    """A statement of a language model that is not in the answer, or marked 未核实 in it, and why."""

    text: str
    reason: str
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Generation:
    """What a language model had to do with an answer.

    ``note`` is one line for the user when the answer is not, or not wholly, the model's. Token counts are
    the endpoint's, or counted here (``estimated``); ``cost`` is None without prices in the settings.
    ``cached`` says that all texts came from the cache. ``rounds`` counts requests that gave a text.
    """

    model: str
    prompt_version: str
    note: str = ""
    struck: tuple[Struck, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cost: str | None = None
    cached: bool = False
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The same object in the command line, the API, the page and the evaluation."""

    id: str
    question: str
    answer: str
    abstained: bool
    reason: Reason | None
    mode: Mode
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    scope: Scope = field(default_factory=lambda: Scope(question=""))
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    generation: Generation | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of design section 4: plain dicts, lists, strings and numbers."""
        return asdict(self)
