"""Two values of each place, held against each other or added: the answer to a question with a pair.

Where nothing may be computed of the two (qa/pair_values.py), both are given, and why they stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.calibre import of_one_calibre
from qa.figure_answer import find
from qa.figures import is_number
from qa.horizons import MEAN
from qa.lexicon import pattern, regex
from qa.match import signed
from qa.operation import Condition, condition_in
from qa.pair_values import Held, asks_times, hold, left_behind, of_same_thing
from qa.phrasing import HELD_AGAINST, phrase
from qa.row_words import cited, degree, name_of, named, plain, rounded, time_of, titled, value_said
from qa.sources import Sources, as_told, asked_for
from qa.strategies import most_fitting, with_year_anchor
from qa.text import fold, unit_factor, unit_family
from qa.types import Ask, Claim, Derived, Draft, Figure, Kind, Pair, ReportInfo, Scope
from qa.wanted import wanted
from qa.wording import asks_comparison


def by_pair(scope: Scope, sources: Sources) -> Draft | None:
    """The two values and what they come to, of each thing that the pair is asked of; None if no report states them."""
    if scope.pair is None:
        return None
    made = _of_all(scope, scope.pair, sources)
    claims = list(made.claims) if made else []
    for pair in scope.pair.then if made else ():
        following = _of_all(scope, pair, sources)
        name = "".join(pair.sides[0].terms)
        claims += following.claims if following else [Claim(f"“{name}”：资料中未提及。", echo=name)]
    return Draft(tuple(claims)) if made else None


def _of_all(scope: Scope, pair: Pair, sources: Sources) -> Draft | None:
    """One pair, of each thing that it is asked of."""
    couples = tuple(zip(*(side.parts for side in pair.sides), strict=False))
    parts = [replace(pair, sides=sides) for sides in couples]
    if len(parts) < 2:
        return _of_one(scope, pair, sources)
    names = ["".join(part.sides[0].terms) for part in parts]
    drafts = [
        _of_one(replace(scope, anchors=_anchors_of(name, names, scope)), part, sources)
        for name, part in zip(names, parts, strict=True)
    ]
    if not any(drafts):
        return None
    claims: list[Claim] = []
    for name, made in zip(names, drafts, strict=True):
        claims += made.claims if made else [Claim(f"“{name}”：资料中未提及。", echo=name)]
    return Draft(tuple(claims))


def _anchors_of(name: str, names: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The quoted words that a thing's row must hold: not those of the others that are asked about beside it."""
    return tuple(word for word in scope.anchors if word in name or word not in "".join(names))


def _of_one(scope: Scope, pair: Pair, sources: Sources) -> Draft | None:
    """Each place's two values and what they come to; None if no report states both."""
    places: dict[str, list[ReportInfo]] = {}
    for info in sources.chosen(scope):
        places.setdefault(info.place, []).append(info)
    if _is_stated(scope, sources):
        return None
    first, second = pair.sides
    made: list[Held] = []
    lone: list[Claim] = []
    for place, infos in places.items():
        one, other = (rows_of(side, infos, scope, sources) for side in (first, second))
        held = hold(place, one, other, pair)
        stated = _stated(one, pair, sources) if not other else None
        if stated is not None:
            lone += (shown(place, row, sources) for row in (one[0], stated))
        elif held is not None:
            made.append(_asked_first(held, fold(scope.question)) if len(places) == 1 else held)
        elif one or other:
            lone += _lone(place, one or other, first if other else second, sources)
    if pair.moved and not any(held.value is not None for held in made):
        return None
    if not made:
        return Draft(tuple(lone)) if lone and of_same_thing(pair) and asks_times(pair) else None
    silent = [place for place in places if place not in {held.place for held in made}]
    lead = _lead(made, scope, pair)
    said = [claim for held in made for claim in said_of(held, pair, sources)]
    rest = [place for place in silent if not any(place in claim.text for claim in lone)]
    last = [Claim(f"{'、'.join(rest)}的报告里没有找到这两个数。")] if rest else []
    return Draft((*lead, *said, *lone, *last))


def _asked_first(held: Held, question: str) -> Held:
    """Two values with the one first that is asked for: 哪年高, 谁少."""
    which = regex("pair", "which_is").search(question)
    one, other = held.rows
    if not which or not held.value or one.kind != other.kind or "降幅" in (one.measure, other.measure):
        return held
    if (held.value > 0) != bool(which["less"]):
        return held
    return replace(held, rows=(other, one), value=-held.value)


def _stated(rows: Sequence[Figure], pair: Pair, sources: Sources) -> Figure | None:
    """What a report itself says of a value against that of another time, which it does not state."""
    first, second = pair.sides
    if pair.how == "ratio":
        return _stated_ratio(rows, second, sources)
    if second.kind == "target" and of_same_thing(pair):
        return _stated_against_aim(rows, sources)
    before = len(first.years) == len(second.years) == 1 and first.years[0] == second.years[0] + 1
    return (
        _stated_change(rows, sources) if before and pair.how == "difference" and of_same_thing(pair) else None
    )


def _stated_against_aim(rows: Sequence[Figure], sources: Sources) -> Figure | None:
    """How far a value is from what was aimed at, where a report says that and not the aim: 增长4.1%，比年初目标低2.9个百分点."""
    of_row = {(row.report_id, row.paragraph, row.indicator, row.period) for row in rows}
    told = (other for row in rows for other in sources.library.figures(row.report_id))
    return next(
        (
            other
            for other in told
            if "目标" in other.measure
            and (other.report_id, other.paragraph, other.indicator, other.period) in of_row
        ),
        None,
    )


_THAN_BEFORE = re.compile(r"[比较](?:去年|上一?年)[^，。；]*$")


def _stated_change(rows: Sequence[Figure], sources: Sources) -> Figure | None:
    """By how much a value differs from that of the year before: 专项债券2.15万亿元，比去年增加8000亿元."""
    for row in rows:
        text = sources.library.text(row.report_id)
        for other in sources.library.figures(row.report_id):
            same = (other.paragraph, other.indicator, other.period) == (
                row.paragraph,
                row.indicator,
                row.period,
            )
            if same and other != row and _THAN_BEFORE.search(text[other.clause_start : other.start]):
                return other
    return None


def _stated_ratio(rows: Sequence[Figure], base: Ask, sources: Sources) -> Figure | None:
    """How many times the value of another time is, where a report says that and not the other value: 是2010年的2.1倍."""
    for row in rows:
        for other in sources.library.figures(row.report_id):
            held = HELD_AGAINST.search(other.indicator) if other.paragraph == row.paragraph else None
            named = held and _time_said(held["base"]) in _time_said(base.text)
            if held and named and other.unit == "倍" and other.indicator[: held.start()] == row.indicator:
                return other
    return None


def _time_said(text: str) -> str:
    return re.sub(r"[“”]|时期|期间|年$", "", fold(text))


def _is_stated(scope: Scope, sources: Sources) -> bool:
    """Whether reports state a ratio themselves (城乡居民收入比值): then it is not computed."""
    ratios = [
        name for name in scope.indicators if name.endswith(("比", "比值")) and not name.endswith("占比")
    ]
    return any(
        row.canonical in ratios
        for info in sources.chosen(scope)
        for row in (sources.library.figures(info.report_id) if ratios else ())
    )


_YEAR = re.compile(r"(?:19|20)\d\d年")


def rows_of(side: Ask, infos: Sequence[ReportInfo], scope: Scope, sources: Sources) -> tuple[Figure, ...]:
    """One side's rows of one place; of no time said, what came out before what is planned."""
    named = " ".join(term for one in (scope.pair.sides if scope.pair else ()) for term in one.terms)
    anchors = tuple(
        word
        for word in scope.anchors
        if not (side.years and _YEAR.fullmatch(word)) and (word in " ".join(side.terms) or word not in named)
    )
    span = "" if side.years else scope.span
    scope = replace(scope, anchors=anchors, span=span)  # a side of its own year is not told with the other's
    kinds: tuple[Kind | None, ...] = (side.kind,) if side.kind or side.years else ("actual", None)
    aims = scope.pair is not None and scope.pair.sides[0].kind == "target"
    if aims and side.kind == "actual" and any(info.year in side.years for info in infos):
        kinds = ("actual", "target")  # 2024年的目标比2022年: no report reviews 2022
    for kind in kinds:
        own = replace(
            scope,
            question=side.text,
            terms=side.terms,
            years=side.years,
            kind=kind,
            span=side.span,
            asks=(),
            parts=(),
        )
        own = with_year_anchor(own, sources)
        asked = as_told(asked_for(wanted(own), sources), own, sources)
        if len(asked) != 1 or not asked[0].readings:
            return ()
        found = [find(sources.table, (info.report_id, info.place), own, asked[0]) for info in infos]
        best = max(found, key=most_fitting, default=None)
        if best is not None and best.rows:
            return best.rows
    return ()


def _lone(place: str, rows: Sequence[Figure], absent: Ask, sources: Sources) -> list[Claim]:
    """What a place with only one of the two values has, and what it lacks."""
    when = "、".join(f"{time}年" for time in (*absent.years, absent.span) if time)
    what = "目标" if absent.kind == "target" else ""
    name = "".join(absent.terms)
    return [
        Claim(f"{place}没有找到{when}“{name}”{what}的数，不能计算。", echo=name),
        shown(place, rows[0], sources),
    ]


def shown(place: str, row: Figure, sources: Sources) -> Claim:
    """A row in the report's words."""
    text = f"{place}{time_of(row)}{phrase(row, place, sources.library.text(row.report_id))}。"
    return cited(text, (row,))


def _sides(held: Held, sources: Sources) -> tuple[str, str, str]:
    """What both rows share in words, then each side by its time or by its name."""
    first, second = held.rows
    values = [value_said(row, sources.library) for row in held.rows]
    dated = (first.period, first.kind) != (second.period, second.kind)
    if dated and name_of(first) == name_of(second):
        last = f"{first.period[-4:]}年" if left_behind(first, second) else time_of(first)
        one, other = f"{last}（{values[0]}）", f"{time_of(second)}（{values[1]}）"
        return f"{held.place}{named(first)}：", one, other
    one, other = (
        f"{titled(row, dated=dated, own=name_of(first) == name_of(second))}（{value}）"
        for row, value in zip(held.rows, values, strict=True)
    )
    return held.place + (first.when if not dated else ""), one, other


def said_of(held: Held, pair: Pair, sources: Sources) -> list[Claim]:
    """One place in a sentence: both values, cited, and what they come to."""
    if held.value is None:
        rates = pair.how != "difference" and all(unit_family(row.unit) == "percent" for row in held.rows)
        why = "比率不能相加或相除" if rates else "口径或单位不同，不能直接计算"
        why = why if all(map(is_number, held.rows)) else "没有都写成具体的数，不能计算"
        return [*(shown(held.place, row, sources) for row in held.rows), Claim(f"{why}。")]
    if held.rows[0] == held.rows[1]:
        return [shown(held.place, held.rows[0], sources)]
    if pair.how == "difference" and _sum_against_year(held.rows, sources):
        apart = Claim("前后一个是几年的合计，一个是一年的数，不能直接相比。")
        return [*(shown(held.place, row, sources) for row in held.rows), apart]
    shared, one, other = _sides(held, sources)
    if pair.how == "difference" and any(_upper(row) for row in held.rows):
        return [cited(f"{shared}{_of_ranges(held, one, other)}。", held.rows)]
    derived = _derived(held, pair)
    if pair.how == "difference" and held.value == 0:
        same = "一样" if any("一样" in side.text for side in pair.sides) else "相同"
        return [cited(f"{shared}{one}和{other}{same}。", held.rows, derived)]
    said = {
        "total": f"{one}和{other}合计{_amount(held, pair)}",
        "ratio": f"{one}是{other}的{_amount(held, pair)}",
        "difference": f"{one}比{other}{_amount(held, pair)}",
    }[pair.how]
    near = "，口径不尽相同" if of_same_thing(pair) and not of_one_calibre(held.rows) else ""
    said = f"{shared}{said}（计算得出{rounded(held.rows)}{near}）。"
    return [cited(said, held.rows, derived)]


def _sum_against_year(rows: tuple[Figure, Figure], sources: Sources) -> bool:
    """Whether an amount of several years together (五年完成3195万亩, no mean) is held against one of a year."""
    several = [row for row in rows if "—" in row.period]
    if len(several) != 1 or not all(row.is_amount for row in rows) or left_behind(*rows):
        return False
    (row,) = several
    return not _MEAN.search(sources.library.text(row.report_id)[row.clause_start : row.clause_end])


_MEAN = re.compile(MEAN)


def _upper(row: Figure) -> Decimal | None:
    """The upper end of a range (6.5%—7%), in the row's unit; None for a single value."""
    end = re.match(r"—(\d+(?:\.\d+)?)", row.comparator)
    return Decimal(end[1]) if end else None


def _of_ranges(held: Held, one: str, other: str) -> str:
    """How two values stand to each other of which one is a range: no difference is a single number then."""
    (low, high), (least, most) = (
        (signed(row), (_upper(row) or row.value) * unit_factor(row.unit)) for row in held.rows
    )
    over, under = degree(held.rows[0])
    if low > most or high < least:
        return f"{one}{over if low > most else under}于{other}"
    return f"{one}，{other}：两者有一部分相同，分不出{over}{under}"


def _lead(made: Sequence[Held], scope: Scope, pair: Pair) -> list[Claim]:
    """The places picked, or their order, where the question asks for it."""
    computed = [held for held in made if held.value is not None]
    margin = condition_in(fold(scope.question))
    if pair.bound or (pair.how == "total" and margin is not None):
        return _picked(computed, pair, margin) if len(scope.places) != 1 else []
    if len(computed) < 2 or not _ranks(scope, pair):
        return []
    ranked, least = _ranked(computed, fold(scope.question))
    rows = tuple(dict.fromkeys(row for held in ranked for row in held.rows))
    derived = tuple(_derived(held, pair) for held in ranked)
    if pair.how == "total" and len(ranked) == 2 and ranked[0].base != ranked[1].base:
        more, fewer = ranked if not least else ranked[::-1]
        gap = (more.base - fewer.base) / unit_factor(more.unit)
        said = f"{more.place}合计{_amount(more, pair)}，比{fewer.place}（合计{_amount(fewer, pair)}）多{plain(gap)}{more.unit}"
        derived = (*derived, Derived(named(rows[0]), "差", gap, more.unit, rows))
    else:
        order = "、".join(f"{held.place}（{_amount(held, pair)}）" for held in ranked)
        said = f"{_MEASURES[pair.how]}由{'小到大' if least else '大到小'}：{order}"
    return [cited(f"{said}（计算得出）。", rows, *derived)]


def _ranked(made: Sequence[Held], question: str) -> tuple[list[Held], bool]:
    """Places of the unit that most have in order, and whether the smallest comes first; a 差距 has no sign."""
    families = [unit_family(held.unit) for held in made]
    usual = [
        held
        for held, family in zip(made, families, strict=True)
        if family == max(families, key=families.count)
    ]
    least = any(pattern("compare", key).search(question) for key in ("least", "fallen"))
    unsigned = bool(re.search(r"差(?!异化)", question))
    return sorted(usual, key=lambda held: abs(held.base) if unsigned else held.base, reverse=not least), least


_MEASURES = {"difference": "差", "total": "合计", "ratio": "倍数"}


def _derived(held: Held, pair: Pair) -> Derived:
    rows = tuple(dict.fromkeys(held.rows))
    return Derived(named(rows[0]), _MEASURES[pair.how], abs(held.value or Decimal(0)), held.unit, rows)


def _amount(held: Held, pair: Pair) -> str:
    less = (held.value or 0) < 0
    fell = all(row.measure == "降幅" for row in held.rows)
    how = ("降幅小", "降幅大")[less] if fell else degree(held.rows[0])[less]
    how = how if pair.how == "difference" else ""
    return f"{how}{plain(abs(held.value or Decimal(0)))}{held.unit}"


def _ranks(scope: Scope, pair: Pair) -> bool:
    question = fold(scope.question)
    most = any(pattern("compare", key).search(question) for key in ("most", "least", "fallen"))
    return most or (pair.how == "total" and (asks_comparison(question) or "还是" in question))


def _picked(made: Sequence[Held], pair: Pair, margin: Condition | None) -> list[Claim]:
    """The places whose first value is above, or below, the second; by a margin if one is asked for."""
    meet = [
        held
        for held in made
        if not pair.bound or (held.value and (held.value > 0) == (pair.bound == "above"))
    ]
    if margin is not None:
        meet = [
            held for held in meet if unit_family(held.unit) == margin.family and margin.holds(abs(held.base))
        ]
    if not meet:
        return [Claim("没有一个地方符合条件。")]
    rows = tuple(dict.fromkeys(row for held in meet for row in held.rows))
    count = Derived(named(rows[0]), "个数", Decimal(len(meet)), "个", rows)
    said = (
        f"{held.place}（合计{_amount(held, pair)}）" if pair.how == "total" else held.place for held in meet
    )
    text = f"符合条件的有{len(meet)}个：{'、'.join(said)}。"
    derived = tuple(_derived(held, pair) for held in meet) if pair.how == "total" else ()
    return [cited(text, rows, count, *derived)]
