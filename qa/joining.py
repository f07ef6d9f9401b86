"""How the sentences of an answer are put together: nothing said twice, one time and place named once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.places import short_name
from qa.types import Claim, ReportInfo


def without_repeats(made: Sequence[Claim]) -> list[Claim]:
    """The claims without those that another one says whole: "…26.1亿元" before "…26.1亿元，排全区第一".

    Also without those whose rows another tells among more. Lines of a table stay.
    """
    kept: list[Claim] = []
    for i, claim in enumerate(made):
        rest = made[i + 1 :]
        if _is_line(claim) or not (
            any(o.text == claim.text for o in kept) or any(_says(o, claim) for o in (*kept, *rest))
        ):
            kept.append(claim)
    return kept


def _is_line(claim: Claim) -> bool:
    return claim.text.startswith("|")


def _says(other: Claim, claim: Claim) -> bool:
    """Whether another claim says all that a claim says, and more."""
    if other.text == claim.text:
        return False
    return (
        other.text.startswith(claim.text.rstrip("。"))
        or _holds(other, claim)
        or (
            not (_is_line(other) or other.derived or claim.derived)
            and bool(claim.figures)
            and set(claim.figures) < set(other.figures)
        )
    )


def _holds(other: Claim, claim: Claim) -> bool:
    """Whether a quote stands within another quote: 支持甲公司 in 新上生产线，支持甲公司."""
    if claim.figures or other.figures or len(claim.evidence) != 1 or len(other.evidence) != 1:
        return False
    inner, outer = claim.evidence[0], other.evidence[0]
    within = inner.report_id == outer.report_id and outer.start <= inner.start and inner.end <= outer.end
    return within and inner != outer and claim.text.endswith("。") and other.text.endswith("。")


LONGEST = 40
"""Characters of a sentence, its lead left out, that may join another: a longer one reads better alone."""


def run_on(claims: Sequence[Claim], reports: Mapping[str, ReportInfo]) -> list[Claim]:
    """The claims in order, those that begin like the one before them without that beginning.

    "2023年，合肥市A。2023年，合肥市B。" becomes "2023年，合肥市A，B。"; a quote after a quote of the same report
    stays a sentence of its own. ``reports`` is the catalogue by report_id.
    """
    told: list[Claim] = []
    before, room = "", False
    for claim in claims:
        lead, cut = _lead(claim, reports)
        said = claim.text[cut:]
        short = len(said) <= LONGEST and not re.search(r"[；：。](?!$)", said)
        quoted = lead.endswith("报告：")
        if lead and lead == before and (quoted or (short and room)):
            if not quoted:
                rest = _without_name(said, claim, told[-1])
                stop = "；" if lead.endswith("：") and rest == said else "，"
                said = rest
                told[-1] = replace(told[-1], text=told[-1].text.removesuffix("。") + stop)
            told.append(replace(claim, text=said))
        else:
            told.append(claim)
        before, room = lead, short
    return told


def _without_name(said: str, claim: Claim, before: Claim) -> str:
    """A growth behind the amount of the same thing, without its name: 营业收入79亿元，增长13%."""
    rows = (*before.figures, *claim.figures)
    if len(rows) != 2 or rows[1].measure not in ("增速", "降幅"):
        return said
    names = [row.subject + row.indicator for row in rows]
    rest = said.removeprefix(names[1])
    return rest if names[0] == names[1] and rest.startswith(("增长", "下降", "年均")) else said


def _lead(claim: Claim, reports: Mapping[str, ReportInfo]) -> tuple[str, int]:
    """The time and place that a sentence begins with, and its characters; "" and 0 for any other claim.

    The place is not said again where its name begins the words: 2030年，云岭教育园区… leads like 2030年，云岭市….
    """
    if not claim.evidence or not claim.text.endswith("。"):
        return "", 0
    name = reports[claim.evidence[0].report_id].place
    place = re.escape(name)
    begun = re.match(
        rf"\d{{4}}(?:—\d{{4}})?年，{place}|{place}(?:\d{{4}}(?:—\d{{4}})?年)?的目标是：|{place}\d{{4}}年报告：",
        claim.text,
    )
    if begun is None and (
        timed := re.match(rf"(\d{{4}}(?:—\d{{4}})?年，){re.escape(short_name(name))}", claim.text)
    ):
        return timed[1] + name, len(timed[1])
    return (begun[0], begun.end()) if begun else ("", 0)
