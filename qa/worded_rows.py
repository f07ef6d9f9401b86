"""Clauses without a number of their own: what they are about, and values that stand in words alone.

与上年持平 and 两位数增长 are rows as any number is; 工业方面 only names what the next clauses are about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from qa.clauses import verb_of
from qa.lexicon import piece
from qa.predicates import LEAD
from qa.row import Row
from qa.subjects import STEPPED, Subject, strip_subject, without_level

_GOES_ON = re.compile(rf"^{piece('row', 'going_on')}*{piece('row', 'goes_on')}")

_THING_DONE = re.compile(
    rf"^(?P<thing>.{{3,}}?){piece('row', 'done_by')}?(?:于|在)?{piece('row', 'done_when')}*[底初末中旬前后]*"
    rf"{piece('row', 'done')}[\u4e00-\u9fff]*$"
)


_PEAKED = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}}){piece('row', 'peaked')}$")
"""How something came along, before its number: 进出口总值创历史新高，达到5379亿元."""


_RATIO = re.compile(r"(?P<of>三次产业)(?:增加值)?(?:结构|比例|比重|构成|之?比)[^，]*\d[:：]\d[^，]*$")
"""三次产业结构比为9:31:60: what follows is told of the three."""


def topic_of(clause: str) -> str:
    """A clause without a number may name what the next clauses are about ("工业方面"); "" if it goes on."""
    bare = without_level(re.sub(r"在[^，]*基础上$", "", LEAD.sub("", clause.strip("—"))))
    bare = _RATIO.sub(r"\g<of>", STEPPED.sub("", bare))
    bare = _PEAKED.sub("", bare) if len(bare) > 6 else bare
    if _GOES_ON.match(bare):
        return ""
    done = _THING_DONE.match(bare)
    if done and not verb_of(bare):
        return done["thing"]
    match = re.fullmatch(r"([^。！？；]{2,40}?)(?:方面|上|领域|中|看)?", bare)
    return match[1] if match else ""


def without_step(clause: str, subject: Subject) -> Subject:
    """总产值|连跨两个千亿元台阶 hands on 总产值 alone."""
    step = STEPPED.search(clause)
    return replace(subject, text=subject.text.removesuffix(step[0])) if step else subject


_STEADY = re.compile(
    r"(?:与(?:上一?年度?|去年|前年|经济增长|地区生产总值增长|国内生产总值增长)(?:同期|末|底)?|同比)(?:增长|增速)?(?:基本|保持)*(?P<how>持平|同步)"
)


def steady_row(clause: str, subject: Subject, bounds: tuple[int, int]) -> tuple[list[Row], Subject]:
    """与上年持平 is no growth, 与经济增长同步 that of the economy: 0 % with the words as comparator."""
    start, end = bounds
    steady = _STEADY.search(clause)
    if not steady:
        return [], subject
    own = strip_subject(clause[: steady.start()])
    subject = Subject(own, start) if own else subject
    row = Row(
        subject.text,
        "增速",
        Decimal(0),
        "%",
        steady[0],
        start + steady.start(),
        start + steady.end(),
        subject.start,
        end,
    )
    return [row], subject


_ROUND = re.compile(
    r"(?P<digits>两位数)(?:以上)?的?(?:增长|增速|增幅)|(?:实现|接近|近)?(?P<double>翻番)(?!的?(?:目标|任务|计划))"
)
_ABOVE = re.compile(r"(?:[高快优好]于)[^，]*、[^、]*$")


def round_row(clause: str, subject: Subject, bounds: tuple[int, int]) -> tuple[list[Row], Subject]:
    """两位数增长 is a growth of 10 % or more, 翻番 one of 1番: values that stand in the words alone."""
    start, end = bounds
    said = _ROUND.search(clause)
    head = clause[: said.start()] if said else ""
    if not said or "连续" in head:  # 连续三年保持两位数增长 tells of the years before too
        return [], subject
    own = "" if re.search(r"\d", head) else strip_subject(_ABOVE.sub("", head))
    subject = Subject(own, start) if own else subject
    value, unit = (Decimal(10), "%") if said["digits"] else (Decimal(1), "番")
    low, high = said.span("digits" if said["digits"] else "double")
    word = clause[low:high]
    row = Row(subject.text, "增速", value, unit, word, start + low, start + high, subject.start, end)
    return ([row] if subject.text else []), subject
