"""Rows of several reports -> a table: one row a report, a citation in every cell, exact arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.figure_answer import Cell, Found, cells, difference, evidence, order
from qa.lexicon import indicators, indicators_in, pattern, sections
from qa.match import Library, signed
from qa.operation import Condition, Operation, operation_of
from qa.phrasing import phrase, value_of
from qa.text import fold, unit_factor, unit_family
from qa.types import Claim, Derived, Figure, Scope
from qa.wording import asks_comparison


def comparison(found: Sequence[Found], library: Library, scope: Scope) -> list[Claim]:
    """A direct sentence where the question asks for one (最高, 相差, 平均), then the table.

    Silent reports are shown as 未提及. Returns [] if no report states the figure.
    """
    operation = operation_of(scope.question)
    growth = pattern("growth", "ask").search(fold(scope.question)) or (
        operation.condition and operation.condition.family == "percent"
    )
    lines = cells(found, library, amounts=operation.name != "list" and not growth)
    rows = [line.figure for line in lines if line.figure]
    if not rows:
        return []
    names = {row.figure.report_id: row.place for row in lines if row.figure}
    return [*_direct(_comparable(rows), names, library, scope), *_table(lines, library)]


def _comparable(rows: Sequence[Figure]) -> list[Figure]:
    """Without rows of a narrower or wider bearer (中心城区) beside whole places: the table names those."""
    whole = [row for row in rows if not row.subject]
    return whole or list(rows)


def _direct(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    operation = operation_of(scope.question)
    if operation.name == "filter" and operation.condition is not None:
        return _filtered(rows, operation.condition, names, library)
    if len(rows) < 2 or len({row.kind for row in rows}) > 1:
        return []  # a result and a target are not ranked against each other
    if operation.name in ("total", "average", "ratio", "extremes", "difference") and not _one_calibre(rows):
        return []  # 开工 and 筹集, 累计 and 新增 are not added or subtracted
    if operation.name == "total":
        if unit_family(rows[0].unit) in ("percent", "point") or "人均" in _name(rows[0]):
            return []  # rates and averages have no sum
        return [_combined(rows, "合计", sum((signed(row) for row in rows), Decimal(0)))]
    if operation.name == "average":
        mean = sum((signed(row) for row in rows), Decimal(0)) / len(rows)
        return [_combined(rows, "平均", mean), *_most_too(rows, names, library, scope)]
    if operation.name == "ratio" and len(rows) == 2:
        return _ratio(rows, names, library, scope)
    if operation.name == "extremes" or (operation.name == "difference" and len(rows) == 2):
        ranked = order(rows)
        return [_difference((ranked[0], ranked[-1]), names, library)]
    if operation.name in ("nth", "top") and 0 < operation.n <= len(rows):
        return _placed(rows, operation, names, library)
    if operation.name != "list" or asks_comparison(fold(scope.question)):
        return _winner(rows, names, library, scope)
    return []


def _one_calibre(rows: Sequence[Figure]) -> bool:
    """Whether nothing speaks against adding and subtracting rows: no two tell of different deeds."""
    return len({deed for row in rows if (deed := _deed(row))}) < 2


def _deed(row: Figure) -> str:
    """What was done, where it makes another amount of it: 开工 is not 筹集; "" for the usual one."""
    if row.measure == "累计":
        return "累计"
    return next((deed for deed in sections("deed") if pattern("deed", deed).search(fold(row.indicator))), "")


def _most_too(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    """ "平均多少，哪个最高" asks both."""
    question = fold(scope.question)
    asked = pattern("compare", "most").search(question) or pattern("compare", "least").search(question)
    return _winner(rows, names, library, scope) if asked else []


def _filtered(
    rows: Sequence[Figure], condition: Condition, names: dict[str, str], library: Library
) -> list[Claim]:
    """Which places meet a bound. The bound itself is the question's and is not repeated as a fact."""
    of_kind = [row for row in rows if unit_family(row.unit) == condition.family]
    if not of_kind or len({row.kind for row in of_kind}) > 1:
        return []
    ranked = order(of_kind, most=condition.bound in ("above", "at_least"))
    meet = [row for row in ranked if condition.holds(signed(row))]
    rest = [row for row in ranked if row not in meet]
    dated = _mixed(ranked)
    said = {row: _said(row, names, library, dated=dated) for row in ranked}
    subject = _subject(ranked, dated=not dated)
    if not meet:
        return [_claim(f"没有一个地方的{subject}符合条件：{'、'.join(said.values())}。", ranked)]
    count = Derived(subject, "个数", Decimal(len(meet)), "个", tuple(meet))
    text = f"{subject}符合条件的有{len(meet)}个：{'、'.join(said[row] for row in meet)}。"
    made = [_claim(text, meet, count)]
    return made if not rest else [*made, _claim(f"不符合的是{'、'.join(said[row] for row in rest)}。", rest)]


def _claim(text: str, rows: Sequence[Figure], *derived: Derived) -> Claim:
    return Claim(text, tuple(evidence(row) for row in rows), tuple(rows), derived)


def _placed(
    rows: Sequence[Figure], operation: Operation, names: dict[str, str], library: Library
) -> list[Claim]:
    """The second, or the first three; the whole order stands in a sentence behind it."""
    ranked = order(rows, most=not operation.least)
    dated = _mixed(rows)
    said = [_said(row, names, library, dated=dated) for row in ranked]
    value = signed(ranked[operation.n - 1])
    chosen = ranked[: operation.n]
    if operation.name == "nth":
        chosen = [row for row in ranked if signed(row) == value]
    way = "由低到高" if operation.least else "由高到低"
    lead = f"{_subject(ranked, dated=not dated)}{way}，所问的是{'、'.join(said[ranked.index(r)] for r in chosen)}。"
    return [_claim(lead, chosen), _claim(f"完整的次序是{'、'.join(said)}。", ranked)]


def _ratio(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    """The first named place's value over the other's, to two decimals."""
    first, second = sorted(rows, key=lambda row: _named_at(names[row.report_id], scope))
    if signed(second) <= 0:
        return []
    times = (signed(first) / signed(second)).quantize(Decimal("0.01"))
    one, other = (_said(row, names, library, dated=_mixed(rows)) for row in (first, second))
    text = f"{_subject(rows, dated=not _mixed(rows))}：{one}是{other}的{_plain(times)}倍（计算得出）。"
    derived = Derived(_subject(rows), "倍数", times, "倍", (first, second))
    return [Claim(text, (evidence(first), evidence(second)), (first, second), (derived,))]


def _named_at(place: str, scope: Scope) -> int:
    return scope.places.index(place) if place in scope.places else len(scope.places)


def _combined(rows: Sequence[Figure], how: str, value: Decimal) -> Claim:
    """A sum or a mean, in the unit of the first row; how many reports it stands on, and if some are rounded."""
    unit = rows[0].unit
    value /= unit_factor(unit)
    shown = value.quantize(Decimal("0.01")) if how == "平均" else value
    bounded = "，其中有约数" if any(row.comparator for row in rows) else ""
    count = Derived(_subject(rows), "个数", Decimal(len(rows)), "个", tuple(rows))
    derived = Derived(_subject(rows), how, shown, unit, tuple(rows))
    text = f"有数据的{len(rows)}个地方，{_subject(rows)}{'简单' * (how == '平均')}{how}{_plain(shown)}{unit}（计算得出{bounded}）。"
    return Claim(text, tuple(evidence(row) for row in rows), tuple(rows), (derived, count))


def _said(row: Figure, names: dict[str, str], library: Library, *, dated: bool = False) -> str:
    when = f"{_time(row)}" if dated else ""
    return f"{names[row.report_id]}（{when}{_how(row)}{value_of(row, library.text(row.report_id))}）"


def _time(row: Figure) -> str:
    return f"{row.period}年{'目标' if row.kind == 'target' else ''}"


def _mixed(rows: Sequence[Figure]) -> bool:
    """Whether the rows are of several years or kinds: then each says its own."""
    return len({(row.period, row.kind) for row in rows}) > 1


def _how(row: Figure) -> str:
    if row.comparator.startswith("与"):
        return ""
    return {"增速": "增长", "降幅": "下降", "排名": "排名"}.get(row.measure, "")


def _wants_least(row: Figure, scope: Scope) -> bool:
    """Whether the smallest comes first: 最低 says so, and 最好 of what is better when less (失业率)."""
    question = fold(scope.question)
    if pattern("compare", "valued").search(question):
        known = indicators().get(row.canonical or "")
        less = known is not None and known.better == "less"
        return less is not bool(pattern("compare", "least").search(question))
    return operation_of(question).least


def _winner(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    """The first in order in a sentence of its own, then the others."""
    operation = operation_of(scope.question)
    if operation.name == "both":
        return [
            claim for down in (False, True) for claim in _first(rows, names, library, scope, least=down)[:1]
        ]
    return _first(rows, names, library, scope, least=_wants_least(rows[0], scope))


def _first(
    rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope, *, least: bool
) -> list[Claim]:
    ranked = order(rows, most=not least)
    dated = _mixed(rows)
    top = [row for row in ranked if signed(row) == signed(ranked[0])]
    rest = ranked[len(top) :]
    word = _superlative(fold(scope.question), least=least)
    subject = _subject(ranked, dated=not dated)
    subject = subject.replace("增速", "") if "幅" in word else subject
    best, others = (
        "、".join(_said(row, names, library, dated=dated) for row in part) for part in (top, rest)
    )
    made = [_claim(f"{subject}{word}的是{best}。", top)]
    return [*made, _claim(f"其后依次是{others}。", rest)] if rest else made


def _superlative(question: str, *, least: bool) -> str:
    """The question's own word: 最快, 最多 …; 最高 or 最低 when it has none."""
    if pattern("compare", "fallen").search(question):
        return "降幅最大"
    said = re.search(r"最[低小少慢]" if least else r"最[高大多快]", question)
    return said[0] if said else "最低" if least else "最高"


def _subject(rows: Sequence[Figure], *, dated: bool = True) -> str:
    """What rows have in common, in words; of different bearers (市区, 中心城区) the indicator alone."""
    row = rows[0]
    what = "目标" if row.kind == "target" and dated else ""
    growth = "增速" if row.measure in ("增速", "降幅") else ""
    name = _name(row)
    if len({(_name(one), one.canonical) for one in rows}) > 1:
        name = (row.canonical or name) + "（各地口径不尽相同）"
    when = f"{row.period}年" if dated and row.period else ""
    return f"{when}{name}{'' if name.endswith(('率', '增速')) else growth}{what}"


def _name(row: Figure) -> str:
    """The standard name of what a row measures, else its own words."""
    inside = indicators_in(fold(row.indicator))
    if row.subject:
        return row.subject + (row.canonical or row.indicator)
    added = "新增" if row.indicator.startswith("新增") and inside and not inside[0].startswith("新增") else ""
    return row.canonical or (added + inside[0] if len(inside) == 1 else row.indicator)


def _difference(rows: Sequence[Figure], names: dict[str, str], library: Library) -> Claim:
    first, second = order(rows)  # exactly two
    gap, unit = difference(first, second)
    dated = _mixed(rows)
    higher, lower = (_said(row, names, library, dated=dated) for row in (first, second))
    said = f"{higher}和{lower}相同" if not gap else f"{higher}比{lower}高{_plain(gap)}{unit}（计算得出）"
    text = f"{_subject((first, second), dated=not dated)}：{said}。"
    derived = Derived(_subject((first, second)), "差", gap, unit, (first, second))
    return Claim(text, (evidence(first), evidence(second)), (first, second), (derived,))


_CHANGED = re.compile(
    r"哪年|哪一年|相比|比.{0,10}(?:多|高|少|低|增|降|快|慢)|差多少|变化|增加了|多了|少了|高了|低了"
)


def over_years(rows: Sequence[Figure], place: str, library: Library, scope: Scope) -> list[Claim]:
    """The difference between two years of one place, if the question asks for it and both are of one measure."""
    same = len(rows) == 2 and len({(_name(row), unit_family(row.unit)) for row in rows}) == 1
    if not same or not _CHANGED.search(fold(scope.question)) or rows[0].period == rows[1].period:
        return []
    return [_difference(rows, {row.report_id: place for row in rows}, library)]


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _table(lines: Sequence[Cell], library: Library) -> list[Claim]:
    rows = [line.figure for line in lines if line.figure]
    first, dated = rows[0], _mixed(rows)
    made = [Claim(f"| 地区 | {_subject(rows, dated=not dated)} |\n| --- | --- |")]
    for line in lines:
        if line.figure is None:
            other = line.other
            made.append(
                Claim(
                    f"| {line.place} | {line.note} |",
                    (evidence(other),) if other else (),
                    (other,) if other else (),
                )
            )
            continue
        text = library.text(line.report_id)
        shown = _how(line.figure) + value_of(line.figure, text)
        if _name(line.figure) != _name(first):  # another calibre: shown in its own words
            shown = phrase(line.figure, line.place, text)
        shown = _time(line.figure) + shown if dated else shown
        made.append(Claim(f"| {line.place} | {shown} |", (evidence(line.figure),), (line.figure,)))
    return made
