"""Rows of several reports -> a table: one row a report, a citation in every cell, exact arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.figure_answer import Cell, Found, cells, difference, evidence, order, phrase, value_of, wants_least
from qa.lexicon import indicators_in, pattern
from qa.match import Library, signed
from qa.text import fold, unit_factor, unit_family
from qa.types import Claim, Derived, Figure, Scope
from qa.wording import asks_comparison


def comparison(found: Sequence[Found], library: Library, scope: Scope) -> list[Claim]:
    """A direct sentence where the question asks for one (最高, 相差, 平均), then the table.

    Silent reports are shown as 未提及. Returns [] if no report states the figure.
    """
    lines = cells(found, library)
    rows = [line.figure for line in lines if line.figure]
    if not rows:
        return []
    names = {row.figure.report_id: row.place for row in lines if row.figure}
    made = _direct(rows, names, library, scope)
    return [*made, *_table(lines, library)]


def _direct(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> list[Claim]:
    question = fold(scope.question)
    if len(rows) < 2:
        return []
    if len({row.kind for row in rows}) > 1:
        return []  # a result and a target are not ranked against each other
    made: list[Claim] = []
    if pattern("compare", "average").search(question) and "人均" not in question:
        made.append(_average(rows))
    if pattern("compare", "difference").search(question) and len(rows) == 2:
        made.append(_difference(rows, names, library))
    elif pattern("compare", "most").search(question) or wants_least(question) or asks_comparison(question):
        made.append(_winner(rows, names, library, scope))
    return made


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


def _winner(rows: Sequence[Figure], names: dict[str, str], library: Library, scope: Scope) -> Claim:
    least = wants_least(scope.question)
    ranked = order(rows, most=not least)
    dated = _mixed(rows)
    top = [row for row in ranked if signed(row) == signed(ranked[0])]
    best = "、".join(_said(row, names, library, dated=dated) for row in top)
    rest = "，其后依次是" + "、".join(_said(row, names, library, dated=dated) for row in ranked[len(top) :])
    word = _superlative(fold(scope.question), least=least)
    after = rest if len(ranked) > len(top) else ""
    subject = _subject(ranked[0], dated=not dated)
    subject = subject.replace("增速", "") if "幅" in word else subject
    return Claim(f"{subject}{word}的是{best}{after}。", tuple(evidence(row) for row in ranked), tuple(ranked))


def _superlative(question: str, *, least: bool) -> str:
    """The question's own word: 最快, 最多 …; 最高 or 最低 when it has none."""
    if pattern("compare", "fallen").search(question):
        return "降幅最大"
    said = re.search(r"最[高低大小多少快慢]", question)
    return said[0] if said else "最低" if least else "最高"


def _subject(row: Figure, *, dated: bool = True) -> str:
    what = "目标" if row.kind == "target" and dated else ""
    growth = "增速" if row.measure in ("增速", "降幅") else ""
    name = _name(row)
    when = f"{row.period}年" if dated and row.period else ""
    return f"{when}{name}{'' if name.endswith(('率', '增速')) else growth}{what}"


def _name(row: Figure) -> str:
    """The standard name of what a row measures, else its own words."""
    inside = indicators_in(fold(row.indicator))
    if row.subject:
        return row.subject + (row.canonical or row.indicator)
    return row.canonical or (
        inside[0] if len(inside) == 1 and not row.subject else row.subject + row.indicator
    )


def _difference(rows: Sequence[Figure], names: dict[str, str], library: Library) -> Claim:
    first, second = order(rows)
    gap, unit = difference(first, second)
    dated = _mixed(rows)
    higher, lower = (_said(row, names, library, dated=dated) for row in (first, second))
    said = f"{higher}和{lower}相同" if not gap else f"{higher}比{lower}高{_plain(gap)}{unit}（计算得出）"
    text = f"{_subject(first, dated=not dated)}：{said}。"
    derived = Derived(_subject(first), "差", gap, unit, (first, second))
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


def _average(rows: Sequence[Figure]) -> Claim:
    total = sum((signed(row) for row in rows), Decimal(0))
    mean = (total / len(rows) / unit_factor(rows[0].unit)).quantize(Decimal("0.01"))
    return Claim(
        f"这些地方的{_subject(rows[0])}简单平均为{_plain(mean)}{rows[0].unit}（计算得出）。",
        tuple(evidence(row) for row in rows),
        tuple(rows),
        (Derived(_subject(rows[0]), "平均", mean, rows[0].unit, tuple(rows)),),
    )


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _table(lines: Sequence[Cell], library: Library) -> list[Claim]:
    first = next(line.figure for line in lines if line.figure)
    dated = _mixed([line.figure for line in lines if line.figure])
    made = [Claim(f"| 地区 | {_subject(first, dated=not dated)} |\n| --- | --- |")]
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
