"""Question (+ conversation) -> Scope: places, years, actual or target, indicators, kind of question.

Only what the words say; nothing is searched here. A follow-up takes what it does not say itself from the
question before it, never a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.asks import asks_of, parts_of
from qa.lexicon import (
    asked_as,
    canonicalise,
    indicators_in,
    off_topic_patterns,
    pattern,
    sibling,
    words,
)
from qa.text import fold, squeeze, years
from qa.types import Ask, Kind, ReportInfo, Scope, Turn
from qa.where import BULLETIN, Catalogue, anchors_of, find_places
from qa.wording import (
    EVERY,
    REPORT_YEAR,
    VERBS_ONLY,
    asks_comparison,
    blank,
    content_of,
    kind_of,
    relative_years,
)

_FOLLOW_UP = re.compile(
    r"^(?:那么?|那|还有|另外|再|然后|其中|它|其|该|这|换成|改成|如果是|what about|how about|and )|呢[？。]*$|^(?:与|和).{0,8}(?:相比|比)"
)


@dataclass(frozen=True, slots=True)
class _Own:
    """What the question itself says."""

    text: str
    shown: str
    bare: str
    anchors: tuple[str, ...]
    places: tuple[str, ...]
    missing: tuple[str, ...]
    every: bool
    years: tuple[int, ...]
    relative: tuple[int, ...]
    report_year: int | None
    kind: Kind | None
    content: str


def resolve(question: str, catalogue: Catalogue, *, history: Sequence[Turn] = ()) -> Scope:
    """Read a question. ``history`` is the conversation before it, oldest first.

    Returns: a Scope whose ``question`` is complete in itself; ``terms`` are its content words.
    """
    own = _read(question, catalogue)
    previous, seen = _previous(history, catalogue)
    inherited: tuple[str, ...] = ()
    if previous is not None and _is_off_topic(own.text) is False:
        own, inherited = _complete(_both(own, seen), previous, catalogue)
    return _scope(own, catalogue, inherited)


def _previous(history: Sequence[Turn], catalogue: Catalogue) -> tuple[_Own | None, tuple[str, ...]]:
    """The question before, complete in itself, and the places asked about so far, the last one last."""
    previous: _Own | None = None
    seen: list[str] = []
    for turn in history:
        if turn.role == "user" and turn.content.strip():
            own = _read(turn.content, catalogue)
            previous = own if previous is None else _complete(own, previous, catalogue)[0]
            seen = [place for place in seen if place not in previous.places] + list(previous.places)
    return previous, tuple(seen)


_BOTH = re.compile(r"这?两(?:个|者|地|市|家|座)(?:城市|地方|市)?|二者|它们俩?")


def _both(own: _Own, seen: tuple[str, ...]) -> _Own:
    """ "两个差几个百分点": the two places last asked about."""
    bare = re.fullmatch(r"那?(?:合计|一共|总共|相差|差|谁)[^，。]{0,8}[？?]?", own.text)
    if own.places or len(seen) < 2 or not (bare or _BOTH.search(own.text)) or not asks_comparison(own.text):
        return own
    left = [part for part in _BOTH.sub(" ", own.content).split() if len(part) > 1]
    return replace(own, places=seen[-2:], content=" ".join(left))


def _read(question: str, catalogue: Catalogue) -> _Own:
    text = squeeze(fold(question))
    places, missing, spans = find_places(text, catalogue)
    bare = blank(text, spans)
    report_year = REPORT_YEAR.search(text)
    named = tuple(y for y in years(text))
    if report_year:
        named = tuple(y for y in named if str(y) not in (report_year[1], report_year[2]))
    relative = relative_years(text)
    return _Own(
        text=text,
        shown=squeeze(question),
        bare=bare,
        anchors=anchors_of(bare),
        places=places,
        missing=missing,
        every=bool(EVERY.search(text)),
        years=named,
        relative=relative,
        report_year=int(report_year[1] or report_year[2]) if report_year else None,
        kind=kind_of(text, relative),
        content=content_of(bare),
    )


def _complete(own: _Own, previous: _Own, catalogue: Catalogue) -> tuple[_Own, tuple[str, ...]]:
    """Take from the question before what this one leaves out; names what was taken."""
    follows = bool(_FOLLOW_UP.search(own.text)) or not own.content
    if own.content and _PRONOUN.search(own.text) and not own.places:
        own = replace(own, content=f"{_entity(previous.content)} {own.content}")
    if own.content and _NO_SUBJECT.search(own.text) and not own.places and not indicators_in(own.content):
        own = replace(own, content=f"{_entity(previous.content)} {own.content}")
    if follows and len(own.content) > 1 and own.content in previous.content:
        own = replace(own, content=previous.content)
    swapped = _swap(own.content, previous.content) if follows else None
    if swapped:
        own = replace(own, content=swapped)
    taken: list[str] = []
    content, kind, facts, relative, report_year = (
        own.content,
        own.kind,
        own.years,
        own.relative,
        own.report_year,
    )
    if not _has_topic(own):
        content = _other_verb(own.content, previous.content)
        taken.append("content")
    places, missing, every = own.places, own.missing, own.every
    if not places and not missing and not every:
        places, missing, every = previous.places, previous.missing, previous.every
        if places or missing:
            taken.append("place")
    if (
        not facts
        and not relative
        and own.kind is None
        and own.report_year is None
        and (follows or "content" in taken)
    ):
        facts, relative, kind, report_year = (
            previous.years,
            previous.relative,
            previous.kind,
            previous.report_year,
        )
        if facts or relative or kind:
            taken.append("time")
    if not taken:
        return own, ()
    done = replace(
        own,
        content=content,
        places=places,
        missing=missing,
        every=every,
        years=facts,
        relative=relative,
        kind=kind,
        report_year=report_year,
    )
    shown = _rewrite(done, own, previous, taken)
    bare = fold(shown)
    for name in (*done.places, *done.missing):
        bare = bare.replace(fold(name), " ")
    return replace(
        done, text=fold(shown), shown=shown, bare=bare, anchors=own.anchors or previous.anchors
    ), tuple(taken)


_NO_SUBJECT = re.compile(r"^(?:比|较|排第|占|同比|环比|增长|下降|提高|提升)")
"""A question that begins with its predicate leaves its subject to the one before."""

_PRONOUN = re.compile(
    r"^哪一?[个家条]|这一?(?:块|方面|项|领域)|^它|它的|该(?:项目|企业|公司|工程|园区)|[这那](?:个|家|条|座)(?:项目|企业|公司|工程|园区|高速|机场)|^其"
)


def _entity(content: str) -> str:
    """What 它 stands for: the content before, without its measure."""
    return " ".join(
        part for part in content.split() if part not in ("投资", "总投资", "规模", "面积", "产值")
    )


_DEED = re.compile(r"新建|新增|改造提升|改造|提升|开工|竣工|建成|完成|投产")


def _other_verb(content: str, previous: str) -> str:
    """ "改造提升的又是多少" after 新增 高标准农田: what was done to the same thing."""
    said = _DEED.findall(content)
    if not said or not _DEED.search(previous):
        return previous
    rest = " ".join(part for part in previous.split() if not _DEED.fullmatch(part))
    return " ".join((*said, _DEED.sub("", rest) if _DEED.match(rest) else rest)).strip()


def _swap(content: str, previous: str) -> str | None:
    """ "农村的呢" after 城镇居民人均可支配收入: the indicator of the same family that begins so."""
    if not content or indicators_in(canonicalise(content)) or len(content) > 6:
        return None
    for name in indicators_in(previous):
        other = sibling(content, name)
        if other:
            return previous.replace(name, other)
    return None


def _has_topic(own: _Own) -> bool:
    """Whether a follow-up names an indicator or thing of its own: "那芜湖的粮食产量呢"."""
    return not VERBS_ONLY.fullmatch(own.content) if own.content else False


def _rewrite(done: _Own, own: _Own, previous: _Own, taken: list[str]) -> str:
    """The follow-up as a question of its own, for the search and for the reader."""
    if "content" not in taken:
        place = "、".join(done.places or done.missing) if "place" in taken else ""
        return place + re.sub(r"^(?:那么?|那|还有|另外|再|然后)", "", own.shown)
    time = "".join(f"{y}年" for y in done.years) or "".join(
        {1: "明年", 0: "今年", -1: "去年", -2: "前年"}.get(r, "") for r in done.relative
    )
    word = "目标" if done.kind == "target" and "目标" not in done.content else ""
    ask = re.search(r"(?:是?多少|有哪些|是什么|怎么样|哪些|几[\u4e00-\u9fff]).*$", previous.shown)
    cause = pattern("cause", "ask").search(own.text)
    tail = own.shown if done.every or cause or asks_comparison(own.text) else ask[0] if ask else "是多少？"
    return f"{'、'.join(done.places or done.missing)}{time}{done.content.replace(' ', '')}{word}{tail}"


def _scope(own: _Own, catalogue: Catalogue, inherited: tuple[str, ...]) -> Scope:
    chosen = [r for r in catalogue.reports if not own.places or r.place in own.places]
    newest = max((r.year + (r.doc_kind == BULLETIN) for r in chosen), default=0)
    facts, kind = _facts(own, newest)
    chosen = _reports_for(chosen, own, facts, catalogue)
    if own.missing and not own.places:
        chosen = []
    asks = asks_of(own.bare, own.report_year or newest)
    one = Ask(own.bare, tuple(own.content.split()), kind=kind, years=facts)
    expanded = asked_as(own.content) or canonicalise(own.content)
    return Scope(
        question=own.shown,
        intent=_intent(own),
        places=own.places,
        missing_places=own.missing,
        years=facts,
        kind=kind,
        indicators=indicators_in(expanded),
        terms=tuple(own.content.split()),
        anchors=own.anchors,
        asks=asks if len(asks) > 1 else (),
        parts=asks[0].parts if len(asks) == 1 else () if asks else parts_of(own.bare, one),
        report_ids=tuple(r.report_id for r in chosen),
        inherited=inherited,
    )


def _facts(own: _Own, newest: int) -> tuple[tuple[int, ...], Kind | None]:
    """Years the facts are about, and actual or target. Of a report of year Y, Y-1 is past and Y planned."""
    base = own.report_year or newest
    facts = own.years or tuple(base + shift for shift in own.relative)
    kind = own.kind
    if kind is None and len(facts) == 1 and not pattern("kind", "both").search(own.text):
        if facts[0] == base - 1:
            kind = "actual"
        elif facts[0] == base:
            kind = "target"
    if kind == "target" and not facts:
        facts = (base,)
    elif kind == "actual" and not facts:
        facts = (base - 1,)
    return facts, kind


def _holding(reports: list[ReportInfo], own: _Own, catalogue: Catalogue) -> list[ReportInfo]:
    """No place named: the reports that alone speak of a thing named ("东巴凤一体化"), if there are such."""
    if asks_comparison(own.text):
        return reports  # a comparison is over all of them, whoever uses just these words
    names = [
        part
        for part in own.content.split()
        if len(part) >= 3 and not indicators_in(asked_as(part) or canonicalise(part))
    ]
    for name in sorted(names, key=len, reverse=True):
        holders = [r for r in reports if catalogue.holds(r.report_id, name)]
        if holders and len(holders) < len(reports):
            return holders
    return reports


def _reports_for(
    reports: list[ReportInfo], own: _Own, facts: tuple[int, ...], catalogue: Catalogue
) -> list[ReportInfo]:
    """The reports that can speak of those years; the newest of each place when no year is said."""
    if own.report_year:
        return [r for r in reports if r.year == own.report_year]
    if not own.places and not own.every and len(reports) > 1:
        reports = _holding(reports, own, catalogue)
    if facts:
        fitting = [r for r in reports if any(y in _covered(r) for y in facts)]
        return fitting or reports
    newest = {r.place: max(o.year for o in reports if o.place == r.place) for r in reports}
    return [r for r in reports if r.year >= newest[r.place] - (r.doc_kind != "政府工作报告")]


def _covered(report: ReportInfo) -> tuple[int, ...]:
    return (report.year,) if report.doc_kind == BULLETIN else (report.year - 1, report.year)


def _is_off_topic(text: str) -> bool:
    return any(regex.search(text) for regex in off_topic_patterns())


def _intent(own: _Own) -> Literal["figure", "compare", "list", "text", "off_topic"]:
    text = own.text
    if _is_off_topic(text):
        return "off_topic"
    several = len(own.places) != 1
    if several and asks_comparison(text) and not re.search(r"全[国区省市](?:排名|第)", text):
        return "compare"
    if pattern("when", "ask").search(text) and not _NUMBER.search(text):
        return "text"
    listed = _LISTED.search(text)
    if listed and not (listed[0].startswith("列") and indicators_in(canonicalise(own.content))):
        return "list"
    if _NUMBER.search(text):
        return "figure"
    if pattern("list", "ask").search(text):
        return "list"
    if len(set(own.years)) > 1 or _ENDS_IN_MEASURE.search(text):
        return "figure"
    return "figure" if indicators_in(canonicalise(own.content)) else "text"


_LISTED = re.compile(
    r"哪[“‘「]?(?:[二两三四五六七八九十几\d]+)(?:个|件|项|大|类|种|方面|座|所|条|家|点|步)|哪些|列(?:出|举|一下)"
)

_ENDS_IN_MEASURE = re.compile(
    rf"(?:{'|'.join(words('subject', 'asked_heads'))}|率|[人户件次套]数|指数|总额|余额)(?:呢|是|如何)?[？?。]*$"
)
"""Nothing but the name of something that is counted or measured: 某市的满意率呢."""

_NUMBER = re.compile(
    r"(?:数量?|个数|家数|面积|产量|产值|总额|金额|比例|额度|贡献率)[？。]?$|多少|(?<!哪)几(?!乎|大|个方面)|增速|增幅|增长率|占比|比重|排名|第几|how much|how many|rate|目标是?[？?]?$|多大|多高|多长"
)
