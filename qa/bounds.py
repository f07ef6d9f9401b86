"""Which places meet a bound that a question sets: 高于6%的市, 过千亿的有哪些."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.compare_cells import order
from qa.match import Library, signed
from qa.operation import Condition
from qa.phrasing import phrase
from qa.row_choice import PASSED
from qa.row_words import cited, of_several_times, plain, said_of_place, subject_of
from qa.text import unit_family
from qa.types import Claim, Derived, Figure


def filtered(
    rows: Sequence[Figure], condition: Condition, names: dict[str, str], library: Library
) -> list[Claim]:
    """Which places meet a bound. The bound itself is the question's and is not repeated as a fact."""
    of_kind = [row for row in rows if held_against(row, condition)]
    if not of_kind or len({row.kind for row in of_kind}) > 1:
        return []
    ranked = order(of_kind, most=condition.bound in ("above", "at_least"))
    meet = [row for row in ranked if meets(row, condition)]
    rest = [row for row in ranked if row not in meet]
    dated = of_several_times(ranked)
    said = {row: said_of_place(row, names, library, dated=dated) for row in ranked}
    subject = subject_of(ranked, dated=not dated)
    if not meet:
        return [cited(f"没有一个地方的{subject}符合条件：{'、'.join(said.values())}。", ranked)]
    count = Derived(subject, "个数", Decimal(len(meet)), "个", tuple(meet))
    text = f"{subject}符合条件的有{len(meet)}个：{'、'.join(said[row] for row in meet)}。"
    made = [cited(text, meet, count)]
    return made if not rest else [*made, cited(f"不符合的是{'、'.join(said[row] for row in rest)}。", rest)]


def beside_bound(
    rows: Sequence[Figure], condition: Condition, names: dict[str, str], library: Library
) -> list[Claim]:
    """Places whose value is of another calibre than those held against the bound; they are named all the same."""
    others = [row for row in rows if held_against(row, condition)]
    said = "、".join(
        f"{names[row.report_id]}（{phrase(row, names[row.report_id], library.text(row.report_id))}）"
        for row in others
    )
    return [cited(f"口径不同、没有放在一起比的有{said}。", others)] if others else []


def against_at_large(
    rows: Sequence[Figure], question: str, names: dict[str, str], library: Library
) -> list[Claim]:
    """Which places say themselves that they are above, or below, 全国 or 全省, whose own value no report states.

    ``question`` is folded; [] where it asks for no such place. ``rows`` are the places' own values.
    """
    asked = _AT_LARGE.search(question)
    if not asked or not rows or re.search("多少|(?<!哪)几", question):
        return []
    below = bool(asked["below"] or asked["less"])
    words, whole = (("低于", "慢于") if below else ("高于", "快于", "好于", "优于")), asked["who"]
    said = [
        next((gap for gap in library.figures(row.report_id) if _is_gap(gap, row, words, whole)), None)
        for row in rows
    ]
    told = [gap for gap in said if gap is not None]
    silent = "、".join(names[row.report_id] for row, gap in zip(rows, said, strict=True) if gap is None)
    subject = f"{subject_of(rows)}{words[0]}{whole}"
    made = []
    if told:
        text = "、".join(
            f"{names[gap.report_id]}（{gap.measure}{plain(gap.value)}{gap.unit}）" for gap in told
        )
        made = [cited(f"报告写明{subject}的有{text}。", told)]
    return [*made, Claim(f"{silent}的报告没有写明{subject}。")] if silent else made


_AT_LARGE = re.compile(
    r"(?:(?P<below>低于|慢于|落后于?)|高于|高出|快于|好于|优于|超过?|跑赢|比)(?P<who>全[国区省市])(?:平均)?(?:水平)?(?P<less>[低慢])?"
)


def _is_gap(gap: Figure, row: Figure, words: tuple[str, ...], whole: str) -> bool:
    """Whether a figure says by how much the thing of a row was above (or below) a whole."""
    of_it = (gap.canonical or gap.indicator, gap.period, gap.kind) == (
        row.canonical or row.indicator,
        row.period,
        row.kind,
    )
    return of_it and gap.measure.startswith(words) and gap.measure.endswith(whole)


def meets(row: Figure, condition: Condition) -> bool:
    """Whether a row meets a bound; what a report says to have passed (突破万亿元) is above that very value."""
    value = signed(row)
    if condition.bound == "equal":
        return condition.holds(value) and row.comparator not in PASSED and condition.said in row.comparator
    if value == condition.value and row.comparator in PASSED:
        return condition.bound in (("below", "at_most") if row.comparator == "近" else ("above", "at_least"))
    return condition.holds(value)


def held_against(row: Figure, condition: Condition) -> bool:
    """Whether a bound is of a row's unit; one that leaves the unit out (超过10亿的) is of any amount."""
    family = unit_family(row.unit)
    return family == condition.family or (
        condition.family == "number" and family not in ("percent", "point") and row.measure != "排名"
    )
