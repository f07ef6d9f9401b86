"""A figure question without a row: the sentences that may answer it, by the number that they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.asked_measure import ORDINAL
from qa.horizons import MEAN, asks_mean, covers, is_spread
from qa.indicator_fit import TRADE, is_with_partner
from qa.indicator_names import as_reports_write, indicators_in
from qa.lexicon import choice, indicators, piece, regex, words
from qa.match import Weights, covered, pairs_of
from qa.measure_fit import fits_measure, with_alike
from qa.opposed import shuts_out, sides
from qa.places import short_name
from qa.sentence_rows import counts_added, is_of_another
from qa.sources import Sources, led
from qa.strategies import by_text, speaks_of
from qa.text import fold, quantities, unit_family
from qa.types import Claim, Draft, Figure, Hit, Scope
from qa.wanted import MOVES, Wanted, head_of
from qa.wording import VERBS_ONLY, content_of, is_bare_measure


def by_text_with_number(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A figure question without a row: only a sentence that holds a number of the unit asked for will do."""
    made = None if scope.intent == "compare" else by_text(scope, hits, sources, asked)
    if made is None:
        return None
    kept = [
        claim
        for claim in made.claims
        if _is_asked(claim, scope, sources, asked[0])
        and _has_number(claim, scope, asked[0])
        and not _is_of_other_things(claim, scope, sources, asked[0])
    ]
    if regex("asked", "each").search(fold(scope.question)):
        kept = [_with_series(claim, sources) for claim in kept]
    return Draft(tuple(led(kept, made.claims))) if kept else None


LONGEST_SERIES = 240
"""Characters by which a quote may grow to tell of all things of a series: …产业产值61亿元；…业产值44亿元；…."""


def _with_series(claim: Claim, sources: Sources) -> Claim:
    """A claim of the first of several things that a sentence sets side by side with ；, with the others."""
    span = claim.evidence[-1]
    text = sources.library.text(span.report_id)
    end = span.end - (text[span.end - 1] == "；")
    stop = text.find("。", end)
    if text[end : end + 1] != "；" or not end < stop <= end + LONGEST_SERIES or "\n" in text[end:stop]:
        return claim
    said = claim.text.rstrip("。；") + text[end:stop] + "。"
    return replace(claim, text=said, evidence=(*claim.evidence[:-1], replace(span, end=stop)))


def _is_asked(claim: Claim, scope: Scope, sources: Sources, asked: Wanted) -> bool:
    """Whether a quoted sentence tells of the time and of the indicator or noun asked for."""
    if not _is_of_time(claim, scope, sources) or not _states_measure(asked, claim, sources):
        return False
    added = "新增" in fold(scope.question) or counts_added(asked)
    if added and not _COME_ABOUT.search(claim.text):
        return False
    if is_of_another(claim.evidence[-1], scope, sources, asked):
        return False
    if any(deed in fold(scope.question) and not told.search(claim.text) for deed, told in _UNDONE):
        return False
    if _opens_with_other_year(claim.text, scope):
        return False
    if asked.partner and not is_with_partner(fold(claim.text), asked):
        return False
    if leans_on_topic(scope, asked) and not holds_topic(asked, claim.text, sources.weights):
        return False
    if any(indicators()[name].statistical for name in asked.indicators):
        told = _of_one_kind(claim.text, scope)
        if not _SHARE_ASKED.search(fold(scope.question)) and _tells_of_part(asked, claim, sources):
            return False
        if not _is_of_years(claim, scope, sources) or not _states_statistic(asked, told, sources.weights):
            return False
        if asks_mean(fold(scope.question)) and "年均" not in claim.text:
            return False
    ahead = len(scope.years) > 1 and min(scope.years) > max(info.year for info in sources.chosen(scope))
    if ahead and not _tells_years(claim.text.partition("：")[2], scope):
        return False
    return (
        not _names_another(asked, claim.text)
        and (not asked.head or _stated_of(asked.head, claim.text))
        and all(_is_measured_as(name, claim.text) for name in asked.indicators)
    )


_YEAR_OPENING = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!以来|起|版|前|后)")


def _opens_with_other_year(text: str, scope: Scope) -> bool:
    """Whether a quote begins with a year, and not one asked about: 2023年全省研发经费支出892.4亿元 for that of 2024."""
    opening = _YEAR_OPENING.match(text.partition("报告：")[2] or text)
    return opening is not None and bool(scope.years) and int(opening[1]) not in scope.years


_UNDONE = [
    (deed, re.compile(told)) for deed, _, told in (entry.partition("=") for entry in words("asked", "undone"))
]
"""What undid a thing (关停), and what tells of it: 建成煤矿46座 does not."""


def _is_measured_as(name: str, text: str) -> bool:
    """Whether a text tells the measure that an indicator's name ends in: 销售额 is no 产量; 906公里 is a 里程."""
    head, own = head_of(name), unit_family(indicators()[name].unit)
    units = {number.family for number in quantities(fold(text))} - {"money", *_RATES}
    return not head or head in as_reports_write(fold(text)) or own in units


_SHARE_ASKED = re.compile("占|比重|比例")


def _tells_of_part(asked: Wanted, claim: Claim, sources: Sources) -> bool:
    """Whether the rows of a sentence that name the statistic are of something narrower: 对东盟进出口额 is no 进出口总额."""
    span = claim.evidence[0]
    rows = [row for row in sources.library.figures(span.report_id) if span.start <= row.start < span.end]
    naming = [row for row in rows if set(indicators_in(fold(row.indicator))) & set(asked.indicators)]
    of_trade = set(asked.indicators) <= TRADE and not asked.partner
    return of_trade and bool(naming) and all(row.canonical not in asked.indicators for row in naming)


_COME_ABOUT = re.compile("[新增添扩引多创]|入[规限统库]|上规|认定|培育|获")
"""What a sentence says of things that came about."""


def leans_on_topic(scope: Scope, asked: Wanted) -> bool:
    """Whether a part of a question is of what the parts before named: by a bare measure, a deed, a rank or a share."""
    question = fold(scope.question)
    share = regex("follow", "share_of").search(question.strip()) or _OF_WHOLE.search(question)
    if not asked.indicators and (asked.measure == "rank" or (asked.measure == "share" and share)):
        return True
    return is_bare_measure(scope.terms) or all(map(_DEEDS.fullmatch, scope.terms))


_STAGES = (choice(words("finish", stage)) for stage in ("finished", "begun", "done"))
_DEEDS = re.compile(
    rf"(?:新?(?:{'|'.join((*_STAGES, VERBS_ONLY.pattern))})[和及、各]*)+|{piece('follow', 'effect')}.{{0,2}}"
)
"""A term that only says what was done (开工和竣工), or what came of it (带动消费)."""


def holds_topic(asked: Wanted, text: str, weights: Weights) -> bool:
    """Whether a sentence names half of what the parts before were of, of which a measure is asked: no 产值 of another thing."""
    return weights.sum(asked.topic & pairs_of(text)) >= 0.5 * weights.sum(asked.topic)


def _has_number(claim: Claim, scope: Scope, asked: Wanted) -> bool:
    """Whether a quoted sentence holds a number of the unit and kind asked for."""
    if asked.measure == "ordinal":
        return _ordinal(scope, claim.text)
    told = {number.family for number in quantities(fold(claim.text))}
    tells_share = told & _RATES and re.search("[占率]|比[重例]|份额|分之", claim.text)
    if asked.measure == "share" and not tells_share and not _OF_WHOLE.search(scope.question):
        return False
    if not _counts_noun(fold(scope.question), claim.text):
        return False
    families = asked.families or _families_of(asked)
    if families:
        return bool(told & with_alike(frozenset(families)))
    return bool(re.search(r"\d", re.sub(r"\d{4}年|PM\d+(?:\.\d)?", "", claim.text)))


OTHER_THING = 4
"""Characters of a name, without its measure, that make of a number another thing's: 城际铁路西段完成投资."""


def _is_of_other_things(claim: Claim, scope: Scope, sources: Sources, asked: Wanted) -> bool:
    """Whether all investments that a quoted sentence tells are in things that the question has no word of.

    开工建设跨海大桥，…城际铁路西段完成投资22亿元 does not say what the bridge costs.
    """
    if "投" not in scope.question:
        return False
    span, question = claim.evidence[-1], fold(scope.question)
    families = with_alike(frozenset(asked.families or _families_of(asked)))
    said = pairs_of(question).union(asked.topic, *(pairs for pairs, _ in asked.readings))
    told = [
        row
        for row in sources.library.figures(span.report_id)
        if span.start <= row.start < span.end and unit_family(row.unit) in families
    ]
    own = "|".join(re.escape(fold(short_name(place))) for place in scope.places) or "-"
    things = [_MEASURED.sub("", re.sub(own, "", fold(row.subject + row.indicator))) for row in told]
    invested = bool(told) and all(row.indicator.endswith("投资") for row in told)
    return invested and all(len(name) >= OTHER_THING and not pairs_of(name) & said for name in things)


_MEASURED = re.compile(rf"(?:{choice(words('subject', 'asked_heads'))}|完成|累计|总)+$")

_RATES = frozenset({"percent", "tenth", "fraction"})

_COUNTED = re.compile(r"(?:多少|(?<!哪)几)(?:个[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff])$")


def _counts_noun(question: str, text: str) -> bool:
    """Whether a text speaks of the noun that a question ends in counting: of 风机 of 多少个风机, not of any 38个."""
    said = _COUNTED.search(re.sub(r"[呢啊呀吗了的，。？、！?\s]+$", "", question))
    noun = content_of(said[0]).split() if said else []
    if not noun:
        return True
    return noun[0] in text if len(noun[0]) == 1 else bool(pairs_of(noun[0]) & pairs_of(text))


ABOUT, AS_MUCH = 0.5, 0.3
"""Share of a question that the clause of a row must hold to decide what a sentence states, and how much less another may."""


def _states_measure(asked: Wanted, claim: Claim, sources: Sources) -> bool:
    """Whether the rows of a quoted sentence that are most about a question may be its answer.

    One must hold a growth or a rank, if that is asked for, and be of no other side of opposed words. A sentence
    without rows may state anything.
    """
    span = claim.evidence[0]
    rows = [row for row in sources.library.figures(span.report_id) if span.start <= row.start < span.end]
    if not rows or (asked.measure not in ("growth", "rank") and not asked.sides):
        return True
    text = sources.library.text(span.report_id)
    said = {row: row.indicator + text[row.clause_start : row.clause_end] for row in rows}
    held = {row: covered(pairs_of(words), asked, sources.weights) for row, words in said.items()}
    least = max(held.values()) - AS_MUCH if max(held.values()) >= ABOUT else 0.0
    return any(
        _is_of_measure(row, asked) and not shuts_out(asked.sides, sides(fold(said[row])))
        for row in rows
        if held[row] >= least
    )


_OF_WHOLE = re.compile(r"占了?(?:多少|几)(?!成|分)")
"""工业的占多少 asks how many of the whole are; 占比 for a rate."""


def _families_of(asked: Wanted) -> tuple[str, ...]:
    """The kinds of unit that an indicator, or its growth, is told in; () if it has none of its own."""
    units = {indicators()[name].unit for name in asked.indicators}
    growth = ("percent", "point", "times", "double") if asked.measure != "amount" else ()
    return (*map(unit_family, units), *growth) if units and "" not in units else ()


def _names_another(asked: Wanted, text: str) -> bool:
    """Whether a text names, instead of the indicator asked for, only one of a longer name: 新能源汽车产量 for 汽车产量."""
    named = indicators_in(as_reports_write(fold(text)))
    longer = {one for one in named for name in asked.indicators if name in one and name != one}
    return bool(longer) and not set(asked.indicators) & set(named)


def _is_of_measure(row: Figure, asked: Wanted) -> bool:
    """Whether a row holds a growth or a rank, if one is asked for: 降低融资成本9亿元 and 比上半年提升 too."""
    if asked.families or asked.measure not in ("growth", "rank") or fits_measure(row, asked):
        return True
    moved = row.measure.endswith(("变化", "增速")) or MOVES.search(row.indicator)
    return asked.measure == "growth" and bool(moved)


_WATER_CLASS = re.compile("(?:[Ⅰ-Ⅵⅰ-ⅵ]|[iv]{1,3}|[一二三四五])类")
"""A class of water as GB 3838 has them: Ⅲ类, 劣V类."""


def _ordinal(scope: Scope, text: str) -> bool:
    """Whether a text says the ordinal asked for: 第十届 for 第几届, 十连冠 for 几连冠, Ⅲ类 for 水质几类."""
    asked = ORDINAL.search(fold(scope.question))
    if asked is None:
        return False
    if asked["of"] == "类":
        return bool(_WATER_CLASS.search(fold(text)))
    first = "" if asked["of"].startswith("连") else "第"
    return bool(re.search(rf"{first}[一二三四五六七八九十百\d]+{asked['of']}|首{asked['of']}", fold(text)))


_AVERAGED = re.compile(rf"[^，；。]*(?:{MEAN})(?=增|新|下|降|递|分别)[^，；。]*")


_SHARE = re.compile(r"[^，；。]*占[^，；。]*(?:比重|比例)[^，；。]*")


_INFLUENCED = re.compile(r"[^，；。]*(?:影响|拉动|拉低|拉高|推高|带动)[^，；。]*百分点[^，；。]*")
"""How much something else changed a growth is not the growth: 洪灾影响地区生产总值增速1.3个百分点."""


def _of_one_kind(text: str, scope: Scope) -> str:
    """A text without averages over years where a year is asked for, and without shares and influences unless they are.

    县城常住人口占县域比重 tells no 常住人口.
    """
    question = fold(scope.question)
    text = text if scope.span or not scope.years or asks_mean(question) else _AVERAGED.sub("", text)
    text = text if re.search("影响|拉|推|带动", question) else _INFLUENCED.sub("", text)
    return text if re.search("占|比重|比例", question) else _SHARE.sub("", text)


ALL_BUT = 0.8
"""Share of a question's weight that a sentence must hold to stand for a missing row of a statistic."""


def _states_statistic(asked: Wanted, text: str, weights: Weights) -> bool:
    """Whether a clause names the statistic with a number of the kind asked for, and the text all else asked."""
    held = pairs_of(text)
    if not any(weights.sum(pairs & held) >= ALL_BUT * weights.sum(pairs) for pairs, _ in asked.readings):
        return False
    for clause in re.split(r"[，；。：]", as_reports_write(fold(text))):
        families = {number.family for number in quantities(clause)}
        for name in asked.indicators:
            named = name in indicators_in(clause)  # 出口总额 is not named by 进出口总额
            if named and _fits_kind(asked, families, unit_family(indicators()[name].unit)):
                return True
    return False


def _is_of_years(claim: Claim, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence stands in the part of its report that speaks of a year asked about, or names one."""
    said = claim.text.partition("报告：")[2] or claim.text
    if not scope.years or any(f"{year}年" in said for year in scope.years):
        return True
    span = claim.evidence[0]
    info = sources.info(span.report_id)
    return speaks_of(info, sources.library.paragraphs(span.report_id)[span.paragraph - 1], scope.years)


def _is_of_time(claim: Claim, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence has a number of the span asked about, or for a year one that is not of years together."""
    span = claim.evidence[0]
    rows = [f for f in sources.library.figures(span.report_id) if span.start <= f.start < span.end]
    if not scope.span:
        if rows and len(scope.years) == 1 and all(_is_plan_of_other(row, scope) for row in rows):
            return False
        over = len(scope.years) == 1 and scope.kind == "actual" and not is_spread(fold(scope.question))
        return not (over and rows) or any("—" not in row.period for row in rows)
    said = claim.text.partition("：")[2]
    return any(covers(row.period, scope.span) for row in rows) or (
        scope.kind == "target" and bool(_AHEAD.search(fold(said)))
    )


_AHEAD = re.compile(r"今后|未来|[一二两三四五]年(?![来前])")
"""Words of a sentence for years to come."""


def _is_plan_of_other(row: Figure, scope: Scope) -> bool:
    """Whether a row is a target of another year than the one asked about: what is to be done was not done then."""
    return row.kind == "target" and row.period.isdigit() and int(row.period) > scope.years[0]


def _tells_years(text: str, scope: Scope) -> bool:
    """Whether a sentence speaks of years after the report's own: 到2035年, 今后五年, 用三年时间."""
    said = fold(text)
    return any(f"{year}年" in said for year in scope.years) or bool(_AHEAD.search(said))


def _fits_kind(asked: Wanted, families: set[str], own: str) -> bool:
    if asked.measure == "amount":
        return own in families or bool(families - {"percent", "point"} and own == "")
    if asked.measure == "growth":
        return bool(families & {"percent", "times", "double", "point"})
    return bool(families) and asked.measure in ("", "share")


def _stated_of(head: str, text: str) -> bool:
    """Whether a clause of the text names the noun asked for and holds a number of its own (not 6号线)."""
    clauses = re.split(r"[，；。：]", fold(text))
    return any(head in as_reports_write(clause) and quantities(clause) for clause in clauses)
