"""The heads of tables inside a report: what the numbers of each column are. All texts are folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.columns import LIMIT_AFTER, LIMIT_BEFORE, MOVED, NOTHING, NUMBER
from qa.lexicon import pattern, regex
from qa.text import han_number, is_unit
from qa.types import Kind

FOOTNOTE = re.compile(r"\[\d{1,2}\]|注\d{1,2}$|[①-⑳]")
CELL = re.compile(
    rf"(?<!\S)(?:(?P<summed>[〔\[])?(?P<moved>{MOVED})?(?P<before>{LIMIT_BEFORE})?(?P<number>{NUMBER})(?P<after>{LIMIT_AFTER})?"
    rf"(?(summed)[〕\]])|{NOTHING})(?!\S)"
)
BRACKETS = re.compile(r"（(?P<unit>[^（）]{1,8})）$")
SENTENCE = re.compile(r"[。；！？，]")
YEAR = re.compile(r"(?P<year>[12]\d{3})年?(?:末|底|全年|度)?")
GROWTH = re.compile(
    r"(?:为|是|比|较)?(?:上年|去年|上一年|年初|同期)末?(?:同期)?|(?:同比|(?<!占)比|±|[+-])*(?:增长速度|增长率|增长|增减|增加|增速|增幅|涨幅|升降|涨跌|提高)"
    r"(?:额|量|幅度|率)?|同比|±"
)
_SHARE = re.compile(r"比重|占比|构成|份额")
_OVER_YEARS = re.compile(r"年均|年平均|累计|[〔\[]")
_HAN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_PLAIN = re.compile(f"(?:{pattern('grid', 'plain').pattern})*")
HEADER = re.compile(r"(?:指\s*标|项\s*目|\S{0,4}名\s*称|行\s*业|地\s*区|类\s*别|分\s*组)\s")
AREA_COLUMN = re.compile(
    r"(?:城[市镇]|[农乡]村|全[国省市县区州旗体])(?:常住)?居民|全[国省市县区州旗]|城[市镇]|[农乡]村|市区|郊区|县[域城]"
)
_THIS_YEAR = re.compile(r"(?:本年|当年|今年|本期)\S{0,4}")
_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年|上期)(?:同期)?(?:数|值|额|实际|完成|末)*")
_ONE_YEAR = re.compile(
    rf"(?:{YEAR.pattern}|{_THIS_YEAR.pattern}|{_YEAR_BEFORE.pattern})".replace("?P<year>", "")
)
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
_BEGUN = re.compile(r"(?:比|较)?(?:上年|去年|上一年|年初|上年末)?(?:同期)?|同比|绝对|增长|计量")
_AIM, _DONE = regex("grid", "aims"), regex("grid", "done")


@dataclass(frozen=True, slots=True)
class Column:
    """What the numbers of a column are. ``label`` is what they tell of a row ("产量"), "" if its name says all.

    ``area`` is whose they are (农村), "" for the place of the report; ``time`` is None where the head does not say whether it
    was aimed at or done. ``over_years`` are means or sums of the years of the table (年均增长),
    ``earlier`` values of the year before that of the table (上年).
    """

    kind: str
    label: str
    unit: str
    period: str
    area: str = ""
    time: Kind | None = None
    over_years: bool = False
    earlier: bool = False


_TITLE = re.compile(r"\s*(?:续|附)?表\s*[\d一二三四五六七八九十]")
"""The title of a table, which is no header."""


def _tokens(header: str) -> list[str]:
    """The cells of a header; 指 标 and 比上年 增长 （%） are one each."""
    tokens: list[str] = []
    header = FOOTNOTE.sub("", header)
    if "\t" in header:
        header = " ".join(re.sub(r"\s", "", cell) for cell in header.split("\t"))
    for token in header.split():
        last = tokens[-1] if tokens else ""
        spaced = len(token) == 1 and len(re.sub(r"\s", "", last)) == 1
        beside = len(tokens) > 1 and _THIS_YEAR.fullmatch(tokens[-2]) and _YEAR_BEFORE.fullmatch(last)
        if last and (spaced or token.startswith(("（", "±")) or (_BEGUN.fullmatch(last) and not beside)):
            tokens[-1] = last + token
        else:
            tokens.append(token)
    return tokens


def columns_of(above: Sequence[str], count: int) -> tuple[list[Column], bool]:
    """The columns of ``count`` numbers by the header among the lines above, and whether one holds units.

    Columns that say the same (绝对数 增长 绝对数 增长) are told apart by the line above them (城镇 农村), or not read.
    """
    for at in range(len(above) - 1, -1, -1):
        header = above[at]
        tokens = _tokens(header)
        while len(tokens) > 1 and tokens[0] == tokens[1] and HEADER.match(header.lstrip()):
            tokens = tokens[1:]  # 指标 over two columns of names
        if at and len(tokens) > 1 and all(map(_ONE_YEAR.fullmatch, tokens)):
            tokens = _under(_tokens(above[at - 1]), tokens)
        if len(tokens) < 2 or SENTENCE.search(header) or _TITLE.match(header) or _holds_numbers(tokens):
            continue
        numbered = [token for token in tokens if not _UNIT_COLUMN.fullmatch(token)]
        named = numbered[len(numbered) - count :] if len(numbered) in (count, count + 1) else []
        columns = [_column(token) for token in named]
        # 指标 比上年 over 全市 城市 农村: the first column's head spans two lines.
        spans = at > 0 and bool(HEADER.match(above[at - 1]))
        sure = len(numbered) == count + 1 or spans or any(c.kind != "value" or c.period for c in columns)
        if columns and sure:
            columns = _with_labels(columns)
            if len(set(columns)) < count:
                over = _tokens(above[at - 1]) if at else []
                columns, tokens = _grouped(columns, over), [*tokens, *filter(_UNIT_COLUMN.fullmatch, over)]
            return columns, len(numbered) < len(tokens)
    return [], False


def _under(over: list[str], years: list[str]) -> list[str]:
    """The heads of two lines as one: 指标 单位 绝对数 增长 over 2024年 2023年; the years alone where it is not sure whose they are."""
    spots = [
        i for i, head in enumerate(over) if i and not (_UNIT_COLUMN.fullmatch(head) or GROWTH.search(head))
    ]
    if len(spots) != 1 or len(over) < 3:
        return years
    at = spots[0]
    return [*over[:at], *(over[at] + year for year in years), *over[at + 1 :]]


def _holds_numbers(tokens: list[str]) -> bool:
    """Whether a line is a row and no header; years may stand in one."""
    return any(CELL.fullmatch(token) and not YEAR.fullmatch(token) for token in tokens)


def _grouped(columns: list[Column], groups: list[str]) -> list[Column]:
    """Columns that repeat, each with what its group says: 城镇 农村 over 绝对数 增长 绝对数 增长; [] if that is not sure."""
    names = [token for token in groups if not _UNIT_COLUMN.fullmatch(token)]
    if len(names) == len(columns) + 1:
        names = names[1:]  # the head over the names of the rows; then one head over each column
    for heads in (names, names[1:]):
        width = len(columns) // len(heads) if heads else 0
        alike = columns == columns[:width] * len(heads) or (width == 1 and len(set(heads)) < len(heads))
        if width and width * len(heads) == len(columns) and alike:
            over = [_column(head) for head in heads for _ in range(width)]
            made = [
                replace(
                    column,
                    label=column.label or of.label,
                    area=column.area or of.area,
                    unit=column.unit or of.unit,
                    period=column.period or of.period,
                    time=column.time or of.time,
                )
                for column, of in zip(columns, over, strict=True)
            ]
            return made if len(set(made)) == len(made) else []
    return []


def _column(token: str) -> Column:
    if _YEAR_BEFORE.fullmatch(token):
        return Column("value", "", "", "", earlier=True)
    over_years = bool(_OVER_YEARS.search(token))
    token = re.sub(r"[〔\[][^〕\]]*[〕\]]", "", token)
    bracket = BRACKETS.search(token)
    unit = bracket["unit"] if bracket and (is_unit(bracket["unit"]) or bracket["unit"] == "%") else ""
    said = token[: bracket.start()] if bracket else token
    said = _HAN_YEAR.sub(lambda match: str(han_number(match[0])), said.removesuffix("%"))
    year = YEAR.search(said)
    rest = re.sub("[（）]", "", said.replace(year[0], "") if year else said)
    told = GROWTH.sub("", rest)
    time: Kind | None = "target" if _AIM.fullmatch(told) else "actual" if _DONE.fullmatch(told) else None
    rest = rest.replace(told, "") if time and told else rest
    growth = GROWTH.search(rest.replace("增加值", ""))
    label = GROWTH.sub("", rest.replace("增加值", "\ue000")).replace("\ue000", "增加值") if growth else rest
    kind = "growth" if growth else "share" if _SHARE.search(rest) else "value"
    label = (
        "" if _PLAIN.fullmatch(label) or kind == "share" else re.sub("^(?:年末|全年|期末)(?=..)", "", label)
    )
    area = AREA_COLUMN.match(label)
    label = label[area.end() :] if area else label
    period = year["year"] if year else ""
    owner = re.sub("^全[省市县区州旗体](?=.*居民)", "", area[0]) if area else ""
    return Column(kind, label, unit, period, owner, time, over_years)


def _grown(done: list[Column]) -> Column:
    """The column that a growth behind ``done`` is of: that of the latest year among the values before it (2024年 2023年 增长)."""
    first = next((i for i in range(len(done), 0, -1) if done[i - 1].kind != "value"), 0)
    values = [
        column for column in done[first:] if column.label == done[-1].label and column.area == done[-1].area
    ]
    dated = all(column.period and column.time is None for column in values)
    return max(values, key=lambda column: column.period) if values and dated else done[-1]


def _with_labels(columns: list[Column]) -> list[Column]:
    """A growth that names nothing is that of the value before it: 产量 增长."""
    done: list[Column] = []
    ends = sorted(column.period for column in columns if column.period)
    for column in columns:
        before = ("占比" if done[-1].kind == "share" else done[-1].label) if done else ""
        label = column.label or ("" if column.kind == "value" else before)
        area = column.area or (done[-1].area if done and column.kind != "value" else "")
        of = (
            _grown(done) if done and column.kind != "value" and not (column.period or column.time) else column
        )
        if column.over_years and len(ends) > 1:
            of = replace(column, period=f"{int(ends[0]) + 1}—{ends[-1]}")
        done.append(replace(column, label=label, area=area, period=of.period, time=of.time))
    return done
