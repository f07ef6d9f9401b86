"""Rows of several reports -> a table: one row a report, a citation in every cell, exact arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.bounds import against_at_large, beside_bound, filtered, held_against, meets
from qa.calibre import (
    comparable,
    of_near_calibre,
    of_one_calibre,
    of_stage,
    told_apart,
)
from qa.compare_cells import Cell, are_ranks, cells, difference, order
from qa.compare_table import table
from qa.figure_answer import Found, evidence
from qa.figures import is_number
from qa.lexicon import indicators, pattern
from qa.match import Library, signed
from qa.operation import Operation, named_couples, operations_of
from qa.row_words import (
    cited,
    degree,
    name_of,
    of_several_times,
    plain,
    rounded,
    said_of_place,
    subject_of,
)
from qa.standing import with_standing
from qa.text import fold, unit_factor, unit_family
from qa.types import Claim, Derived, Figure, Scope
from qa.wording import asks_comparison


def comparison(found: Sequence[Found], library: Library, scope: Scope) -> list[Claim]:
    """A direct sentence where the question asks for one (最高, 相差, 平均), then the table.

    Silent reports are shown as 未提及. Returns [] if no report states the figure.
    """
    shown = rows_shown(found, library, scope)
    lines, names, near = shown.lines, shown.names, shown.near
    stated, kept = list(shown.stated), list(shown.kept)
    if not any(line.figure for line in lines):
        return []
    operations = operations_of(scope.question)
    condition = operations[0].condition
    by_size = shown.by_size
    if len(kept) < 2 and any(one.name == "filter" for one in operations):
        kept = of_stage(stated, fold(scope.question)) or stated  # each is held against the bound by itself
    several = (len(kept) < 2 and len(stated) > len(kept)) or not (
        near or condition or not scope.places or of_one_calibre(kept)
    )
    direct = [OF_SEVERAL_CALIBRES] if several else _direct(kept, names, library, scope) if kept else []
    if by_size and stated and (why := _not_by_size(stated, names)):
        direct = [Claim(why)]
    if operations[0].name in ("difference", "ratio"):
        direct = [*direct, *_left_out(kept, stated, names, scope)]
    direct = with_standing(direct, kept, [line.place for line in lines], names, library, scope)
    if apart := against_at_large(kept, fold(scope.question), names, library):
        direct = apart
    if not stated and asks_comparison(fold(scope.question)):
        direct = [Claim("报告里没有写成具体的数，不能比较，各地的说法见下表。")]
    if condition is not None and direct:
        direct += beside_bound([row for row in stated if row not in kept], condition, names, library)
    return [*direct, *table(lines, library, kept, fold(scope.question))]


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a table, the rows in them that are ``stated`` as numbers, those of them that may be compared
    (``kept``), the place of each report, and how they were chosen."""

    lines: tuple[Cell, ...]
    stated: tuple[Figure, ...]
    kept: tuple[Figure, ...]
    names: dict[str, str]
    near: bool
    by_size: bool


def rows_shown(found: Sequence[Found], library: Library, scope: Scope) -> Shown:
    """The rows that a comparison shows, and those of one calibre among them."""
    operations = operations_of(scope.question)
    condition = operations[0].condition
    growth = pattern("growth", "ask").search(fold(scope.question)) or (
        condition and condition.family == "percent"
    )
    amounts = operations[0].name != "list" or "多少" in scope.question
    by_size = bool(_BY_SIZE.search(fold(scope.question))) and not growth
    alone = by_size or (not growth and any(one.name == "total" for one in operations))
    lines = cells(found, library, amounts=amounts and not growth, alone=alone)
    names = {line.figure.report_id: line.place for line in lines if line.figure}
    # 两位数 and 与经济增长同步 have a place in the table only
    stated = [line.figure for line in lines if line.figure and is_number(line.figure)]
    dealt = frozenset(
        row for row in stated if library.text(row.report_id)[: row.start].endswith(("各", "均"))
    )
    near = bool(scope.places) and not of_one_calibre(stated)
    near = near and not any(told_apart(row, library.figures(row.report_id)) for row in stated)
    kept = comparable(stated, _in_chinese(scope), dealt, near=near) if stated else []
    return Shown(tuple(lines), tuple(stated), tuple(kept), names, near, by_size)


_BY_SIZE = re.compile(r"(?:谁|哪[^，。？]{0,4}?)[^，。？]{0,8}?(?:最|更)?[多大小](?:些|一点)?[？。]*$")
"""谁多 and 哪个市最大 ask for amounts: growths are no answer to them."""


def _not_by_size(rows: Sequence[Figure], names: dict[str, str]) -> str:
    """Why places cannot be ordered by amount: no report, or only one, states one; "" if they can."""
    if any(row.is_growth for row in rows):
        return "各地报告都只写了增速，没有写总量，不能比较多少。"
    return f"只有{names[rows[0].report_id]}的报告写了数额，不能比较多少。" if len(rows) == 1 else ""


_WHOLE_ORDER = "完整的次序是"


def _in_chinese(scope: Scope) -> str:
    """What is asked, in words that rows can be held against."""
    question = fold(scope.question)
    return question if re.search(r"[\u4e00-\u9fff]", question) else " ".join(scope.terms)


def _direct(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    """What the question wants done with the rows, one after the other; why, where that may not be."""
    made: list[Claim] = []
    for operation in operations_of(scope.question):
        if operation.name in ("total", "average") and (first := _first_of(rows, scope)):
            made.append(
                _combined(
                    first, "合计" if operation.name == "total" else "平均", of=f"排在前面的{len(first)}个地方"
                )
            )
            continue
        bound = operations_of(scope.question)[0].condition
        if operation.name in ("total", "average") and bound is not None and not scope.places:
            meet = [row for row in rows if held_against(row, bound) and meets(row, bound)]
            if len(meet) < 2:
                continue
            done = _done(meet, operation, names, library, scope)  # 超过10亿元的有哪些，合计多少: of those
        else:
            done = _done(rows, operation, names, library, scope)
        made += [claim for claim in done if claim not in made and not _is_order_again(claim, made)]
    return made


def _is_order_again(claim: Claim, made: Sequence[Claim]) -> bool:
    """Whether a whole order was given before, from its other end: 第二名和倒数第二名."""
    orders = [{*one.figures} for one in made if one.text.startswith(_WHOLE_ORDER)]
    return claim.text.startswith(_WHOLE_ORDER) and {*claim.figures} in orders


_OF_THE_FIRST = re.compile(
    r"[两二三四五六]者|[这那][两二三四五六几](?:个|家|座|地|市)|(?:前|最[高大多快低小少慢]的?)[两二三四五六\d]+(?:名|位|个)?的?(?:市|城市|地方)?(?:合计|一共|总共|加|平均|之和)"
)


def _first_of(rows: Sequence[Figure], scope: Scope) -> list[Figure]:
    """The rows that 前三是哪几个，三者合计多少 adds; [] if all are added, or they may not be."""
    top = next((one for one in operations_of(scope.question) if one.name == "top"), None)
    if top is None or not _OF_THE_FIRST.search(fold(scope.question)) or not 1 < top.n < len(rows):
        return []
    computed = of_one_calibre(rows) and not not_computed(rows, Operation("total"), {}, fold(scope.question))
    return order(rows, most=not top.least)[: top.n] if computed else []


def _done(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library, scope: Scope
) -> list[Claim]:
    if operation.condition is not None:
        return filtered(rows, operation.condition, names, library)
    if why := not_computed(rows, operation, names, fold(scope.question)):
        return [Claim(why)]
    if len(rows) < 2 and operation.name in ("rank", "nth", "top") and _WHICH.search(fold(scope.question)):
        return [Claim(f"只有{names[rows[0].report_id]}的报告写了这一项，不能比较。")]
    if len(rows) < 2 or len({row.kind for row in rows}) > 1:
        return []  # a result and a target are not ranked against each other
    if not of_one_calibre(rows) and not (scope.places and of_near_calibre(rows)):
        return [OF_SEVERAL_CALIBRES]
    return _carried_out(rows, operation, names, library, scope)


_WHICH = re.compile("最|谁|哪|排|第")
"""A question for one place among several, not for the values of each."""


def _carried_out(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library, scope: Scope
) -> list[Claim]:
    """An operation on two or more rows of one kind and calibre; [] of a plain list."""
    if operation.name in ("total", "average"):
        return [_combined(rows, "合计" if operation.name == "total" else "平均")]
    couples = _couples(rows, names, scope) if operation.name == "ratio" else []
    if couples or (operation.name == "ratio" and named_couples(fold(scope.question), scope.places)):
        return [claim for couple in couples for claim in _ratio(couple, names, library)]
    if operation.name in ("extremes", "difference"):
        return _apart(rows, operation, names, library, scope)
    if operation.name == "nth" and operation.n > len(rows):
        return [Claim("报告里有可比数据的地方不够多，所问的这一名没有。")]
    if operation.name in ("nth", "top") and 0 < operation.n <= len(rows):
        return _placed(rows, operation, names, library)
    if operation.name != "list" or asks_comparison(fold(scope.question)):
        return _winner(rows, operation, names, library, scope)
    return []


def _apart(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library, scope: Scope
) -> list[Claim]:
    """How far apart: the places that the question names in twos, else the first and another, else the ends."""
    ranked = order(rows, most=not operation.least)
    if len(rows) == 2 or operation.name == "extremes":
        return [_difference((ranked[0], ranked[-1]), names, library, scope)]
    if named_couples(fold(scope.question), scope.places):
        couples = _couples(rows, names, scope)
        return [_difference(couple, names, library, scope) for couple in couples]
    if operation.first < operation.n <= len(ranked):
        first = _first(rows, names, library, scope, least=operation.least)
        held = (ranked[operation.first - 1], ranked[operation.n - 1])
        return [*first, _difference(held, names, library, scope)]
    first = _winner(rows, operation, names, library, scope)
    return [
        *first,
        *(_difference((ranked[0], other), names, library, scope) for other in (ranked[1], ranked[-1])),
    ]


def not_computed(rows: Sequence[Figure], operation: Operation, names: dict[str, str], question: str) -> str:
    """Why the sum, mean, difference or ratio asked for is not computed; "" if it is, or if none is asked for."""
    if operation.name not in ("total", "average", "ratio", "extremes", "difference"):
        return ""
    if len(rows) < 2:
        return f"只有{names[rows[0].report_id]}有可比的数，不能计算。"
    if len({row.kind for row in rows}) > 1:
        return "这里有实绩也有目标，不能一起计算。"
    if operation.name in ("total", "average") and len({row.period for row in rows if row.period}) > 1:
        return "各地的数不是同一时期的，不能一起计算。"
    amounts = not pattern("growth", "ask").search(question)
    if operation.name == "total" and amounts and all(row.is_growth for row in rows):
        return "各地报告只写了增速，没有写总量，不能相加。"
    rate = unit_family(rows[0].unit) in ("percent", "point") or "人均" in name_of(rows[0])
    return "比率和人均数不能相加。" if operation.name == "total" and rate else ""


OF_SEVERAL_CALIBRES = Claim("各地报告的口径不同，不能直接比较或加减，各地的说法见下表。")


def _placed(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library
) -> list[Claim]:
    """The second, or the first three; the whole order stands in a sentence behind it."""
    ranked = order(rows, most=not operation.least)
    dated = of_several_times(rows)
    said = [said_of_place(row, names, library, dated=dated) for row in ranked]
    value = signed(ranked[operation.n - 1])
    chosen = ranked[: operation.n]
    if operation.name == "nth":
        chosen = [row for row in ranked if signed(row) == value]
    way = "由低到高" if operation.least else "由高到低"
    lead = f"{subject_of(ranked, dated=not dated)}{way}，所问的是{'、'.join(said[ranked.index(r)] for r in chosen)}。"
    return [cited(lead, chosen), cited(f"{_WHOLE_ORDER}{'、'.join(said)}。", ranked)]


def _couples(rows: Sequence[Figure], names: dict[str, str], scope: Scope) -> list[tuple[Figure, Figure]]:
    """The rows of the places that the question holds against each other in twos; else of two rows both, in its order."""
    by_place = {names[row.report_id]: row for row in rows}
    named = named_couples(fold(scope.question), scope.places)
    if not named and len(rows) == 2:
        first, second = sorted(rows, key=lambda row: _named_at(names[row.report_id], scope))
        return [(first, second)]
    return [(by_place[one], by_place[other]) for one, other in named if one in by_place and other in by_place]


def _left_out(
    rows: Sequence[Figure], stated: Sequence[Figure], names: dict[str, str], scope: Scope
) -> list[Claim]:
    """Why a place that the question holds against others is not computed with: its number is of another calibre."""
    named = {place for couple in named_couples(fold(scope.question), scope.places) for place in couple}
    kept = {names[row.report_id] for row in rows}
    apart = [names[row.report_id] for row in stated if names[row.report_id] in named - kept]
    return [Claim(f"{'、'.join(apart)}的数口径不同，不能一起计算，各地的说法见下表。")] if apart else []


def _ratio(couple: tuple[Figure, Figure], names: dict[str, str], library: Library) -> list[Claim]:
    """The first place's value over the other's, to two decimals."""
    first, second = couple
    if signed(second) <= 0:
        return []
    times, dated = (signed(first) / signed(second)).quantize(Decimal("0.01")), of_several_times(couple)
    one, other = (said_of_place(row, names, library, dated=dated) for row in couple)
    subject = subject_of(couple, dated=not dated)
    text = f"{subject}：{one}是{other}的{plain(times)}倍（计算得出{rounded(couple)}）。"
    derived = Derived(subject_of(couple), "倍数", times, "倍", couple)
    return [Claim(text, (evidence(first), evidence(second)), couple, (derived,))]


def _named_at(place: str, scope: Scope) -> int:
    return scope.places.index(place) if place in scope.places else len(scope.places)


def _combined(rows: Sequence[Figure], how: str, *, of: str = "") -> Claim:
    """A sum or a mean, in the unit of the first row; how many reports it stands on, and if some are rounded."""
    unit = rows[0].unit
    value = sum((signed(row) for row in rows), Decimal(0)) / unit_factor(unit)
    value /= len(rows) if how == "平均" else 1
    shown = value.quantize(Decimal("0.01")) if how == "平均" else value
    count = Derived(subject_of(rows), "个数", Decimal(len(rows)), "个", tuple(rows))
    derived = Derived(subject_of(rows), how, shown, unit, tuple(rows))
    text = f"{of or f'有数据的{len(rows)}个地方'}，{subject_of(rows)}{'简单' * (how == '平均')}{how}{plain(shown)}{unit}（计算得出{rounded(rows)}）。"
    return cited(text, rows, derived, count)


def _wants_least(row: Figure, operation: Operation, scope: Scope) -> bool:
    """Whether the smallest comes first: 最低 says so, and 最好 of what is better when less (失业率)."""
    question = fold(scope.question)
    if pattern("compare", "valued").search(question) and row.measure != "排名":
        known = indicators().get(row.canonical or "")
        less = known is not None and known.better == "less"
        return less is not bool(pattern("compare", "least").search(question))
    return operation.least


def _winner(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library, scope: Scope
) -> list[Claim]:
    """The first in order in a sentence of its own, then the others."""
    if operation.name == "both":
        return [
            claim for down in (False, True) for claim in _first(rows, names, library, scope, least=down)[:1]
        ]
    return _first(rows, names, library, scope, least=_wants_least(rows[0], operation, scope))


def _first(
    rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope, *, least: bool
) -> list[Claim]:
    ranked = order(rows, most=not least)
    dated = of_several_times(rows)
    top = [row for row in ranked if signed(row) == signed(ranked[0])]
    rest = ranked[len(top) :]
    word = _superlative(fold(scope.question), ranked[0], least=least)
    subject = subject_of(ranked, dated=not dated)
    subject = subject.replace("增速", "") if "幅" in word else subject
    best, others = (
        "、".join(said_of_place(row, names, library, dated=dated) for row in part) for part in (top, rest)
    )
    if not rest and len(top) > 1:
        same = "相同，" if len({(row.value, row.unit, row.comparator) for row in top}) == 1 else ""
        return [cited(f"{subject}{same}没有高低之分：{best}。", top)]
    if len(ranked) == 2 and rest and not are_ranks(rows) and min(map(signed, rows)) >= 0:
        gap, unit = difference(ranked[0], ranked[1])
        how = degree(ranked[0])[least]
        far = f"比{others}{how}{plain(abs(gap))}{unit}（计算得出{rounded(rows)}）"
        derived = Derived(subject_of(ranked), "差", abs(gap), unit, tuple(ranked))
        return [cited(f"{subject}{word}的是{best}，{far}。", ranked, derived)]
    made = [cited(f"{subject}{word}的是{best}。", top)]
    return [*made, cited(f"其后依次是{others}。", rest)] if rest else made


def _superlative(question: str, first: Figure, *, least: bool) -> str:
    """The question's own word: 最快, 最多 …; when it has none, or nothing fell, what is said of such a value."""
    if are_ranks([first]):
        return "最靠后" if least else "最靠前"
    if pattern("compare", "fallen").search(question):
        return "降幅最大" if signed(first) < 0 else "最低"
    said = re.search(r"最[低小少慢]" if least else r"最[高大多快]", question)
    if said:
        return said[0]
    more, less = ("高", "低") if unit_family(first.unit) == "money" else degree(first)
    return f"最{less if least else more}"


_FALL = re.compile("[降跌减]幅")


def _difference(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> Claim:
    """By how much one value is above the other; of two falls, where the question is after those (降幅), the greater."""
    question = fold(scope.question)
    asked = pattern("compare", "fallen").search(question) or _FALL.search(question)
    fall = bool(asked) and max(map(signed, rows)) < 0
    first, second = order(rows, most=not fall)  # exactly two
    gap, unit = difference(first, second)
    dated = of_several_times(rows)
    higher, lower = (said_of_place(row, names, library, dated=dated) for row in (first, second))
    how = "降幅大" if fall else "靠前" if are_ranks(rows) else degree(first)[0]
    said = (
        f"{higher}和{lower}相同"
        if not gap
        else f"{higher}比{lower}{how}{plain(abs(gap))}{unit}（计算得出{rounded(rows)}）"
    )
    text = f"{subject_of((first, second), dated=not dated)}：{said}。"
    derived = Derived(subject_of((first, second)), "差", abs(gap), unit, (first, second))
    shown = (evidence(first), evidence(second))
    return Claim(text, shown, (first, second), (derived,))
