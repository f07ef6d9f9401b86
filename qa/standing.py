"""Where one place stands among all of them: 海棠在五个市里排第几."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qa.compare_cells import order
from qa.match import Library, signed
from qa.place_groups import ranked_place
from qa.places import short_name
from qa.row_words import cited, of_several_times, said_of_place, subject_of
from qa.types import Claim, Derived, Figure


def standing(
    rows: Sequence[Figure], question: str, places: Sequence[str], names: Mapping[str, str], library: Library
) -> list[Claim]:
    """The rank of the one place that a folded question asks it of, from the highest down; [] if it asks for none.

    ``places`` are those of the whole table, ``names`` the place of each report; ``rows`` may be compared.
    """
    place = ranked_place(question, [name for name in places if short_name(name) in question])
    if not place:
        return []
    own = next((row for row in rows if names[row.report_id] == place), None)
    if own is None:
        return [Claim(f"{place}的报告里没有可比的数，排不出位次。")]
    if len(rows) < 2:
        return [Claim(f"只有{place}的报告写了这一项，不能比较。")]
    above = [row for row in order(rows) if signed(row) > signed(own)]
    level = [names[row.report_id] for row in rows if row is not own and signed(row) == signed(own)]
    beside = f"，与{'、'.join(level)}并列" if level else ""
    dated = of_several_times(rows)
    said = said_of_place(own, dict(names), library, dated=dated)
    subject = subject_of(rows, dated=not dated)
    rank = Derived(subject, "名次", Decimal(len(above) + 1), "位", tuple(rows))
    count = Derived(subject, "个数", Decimal(len(rows)), "个", tuple(rows))
    text = (
        f"{subject}由高到低，{said}在有数据的{len(rows)}个地方里排第{len(above) + 1}位（计算得出）{beside}。"
    )
    return [cited(text, rows, rank, count)]
