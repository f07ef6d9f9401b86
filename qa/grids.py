"""Tables inside a report: lines of cells under a header -> rows. 水泥 万吨 412.7 -7.8 is an output and its growth.

A table row is a paragraph whose cells are set apart by white space (qa/webtext.py, qa/formats.py and pdf text
give it so). Its header says what each number is; without a header that fits, only a number with a unit of its
own is read. All texts are folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.breakdowns import is_measured, part_of
from qa.columns import DIVIDER, NOTHING, SUMMED, VALUE, without_text_columns
from qa.grid_headers import (
    AREA_COLUMN,
    BRACKETS,
    CELL,
    FOOTNOTE,
    GROWTH,
    HEADER,
    SENTENCE,
    YEAR,
    Column,
    columns_of,
)
from qa.indicator_names import canonical
from qa.lexicon import words
from qa.row import Row
from qa.text import fold, is_unit
from qa.types import Paragraph

_DATA = re.compile(rf"\s*(?P<name>\S.*?)(?P<cells>(?:\s+(?:{VALUE}|{SUMMED}|{NOTHING})(?!\S))+)\s*")
_MARK = re.compile(
    r"^(?:[#*]+\s*|其中[：，]?\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、])"
)
_PART = re.compile(r"^(?:[#*]|其中)")

_TOTAL = re.compile("合计|总计|小计|总额|总值")
"""What a cell says of a whole beside the one that stands over its parts too: 出口额 | 合计."""
_YIELDED = ("量", "出栏", "存栏", "出笼")
_RATE = re.compile(r"(?:增长速度|增长率|增速|增幅|涨幅|增长|降低|下降|降幅)(?:率|幅度)?$")
_PERCENTAGE = re.compile(r"[率重比]$|指数$|占比")
"""The end of a name whose percentage may itself stand below 0; any other below 0 is a growth: 万元GDP能耗 % -3.6."""
_SIGNS = {"≥": "以上", "≤": "以下", ">": "以上", "<": "以下"}
_IN_BRACKETS = re.compile(r"（[^（）]*）")
_UNIT_LINE = re.compile(r"（?\s*单\s*位")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of a table with its offsets and its comparator. ``moved`` says that it grew (增长6%左右) or fell.

    ``summed`` is one of all years together: 〔4.9〕.
    """

    start: int
    end: int
    value: Decimal
    comparator: str
    moved: str = ""
    summed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A table row: the name of what it tells of, its unit cell, and its numbers (None: no value) with offsets.

    ``start`` is how far its name is indented, ``blank`` how much of that is no indent.
    """

    name: str
    unit: str
    cells: tuple[_Cell | None, ...]
    start: int
    length: int
    blank: int = 0

    @property
    def depth(self) -> int:
        """How deep it stands in its table: an indented row, or one behind 其中, is a part of the one above it."""
        return self.start - self.blank + (3 if _PART.match(self.name) else 0)


def table_rows(paragraphs: Sequence[Paragraph]) -> dict[int, list[Row]]:
    """The rows of each paragraph that is a line of a table; offsets are those of its own text."""
    found: dict[int, list[Row]] = {}
    written = [_with_tabs(paragraph.text) for paragraph in paragraphs]
    texts = without_text_columns(written)
    blank = [len(t) - len(t.lstrip()) if t != full else 0 for t, full in zip(texts, written, strict=True)]
    lines = [_line(text, of) for text, of in zip(texts, blank, strict=True)]
    at = 0
    while at < len(lines):
        body = _run(lines, texts, at)
        made = _body_rows([line for _, line in body], texts[max(0, at - 4) : at]) if body else []
        found |= {
            paragraphs[i].number: rows for (i, _), rows in zip(body, made, strict=True) if rows is not None
        }
        at = body[-1][0] + 2 if body else at + 1
    return found


def _run(lines: Sequence[_Line | None], texts: Sequence[str], at: int) -> list[tuple[int, _Line]]:
    """The rows of one table from ``at`` on with their places; a line between two of as many cells (按行业分) parts no tables."""
    body: list[tuple[int, _Line]] = []
    while at < len(lines):
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        if line is not None:
            body.append((at, line))
        elif not (
            body and after and len(after.cells) == len(body[-1][1].cells) and DIVIDER.fullmatch(texts[at])
        ):
            break
        at += 1
    return body


def _with_tabs(text: str) -> str:
    """A text folded, but for the tabs between its cells."""
    folded = fold(text)
    if "\t" not in text:
        return folded
    return "".join("\t" if was == "\t" else now for was, now in zip(text, folded, strict=True))


def _line(text: str, blank: int) -> _Line | None:
    match = _DATA.fullmatch(text)
    if (
        not match
        or SENTENCE.search(_IN_BRACKETS.sub("", text))
        or not re.search(r"[\u4e00-\u9fffa-z]", match["name"])
    ):
        return None
    cells = tuple(
        _cell(cell) if cell["number"] else None for cell in CELL.finditer(text, match.start("cells"))
    )
    name, unit = _whole_name(match["name"]), ""
    head, _, last = name.rpartition(" ")
    if head and (is_unit(last.strip("（）")) or last == "%"):
        name, unit = head, last.strip("（）")
    return _Line(name.strip(), unit, cells, match.start("name"), len(text.rstrip()), blank)


def _whole_name(cells: str) -> str:
    """The name of a line whose first cells hold a measure and what of it: 出口额 | 机电产品 is 机电产品出口额."""
    over, *parts = cells.split("\t")
    part = parts[0] if parts else ""
    if (
        not is_measured(over)
        or not re.match("[\u4e00-\u9fff]{2}", part)
        or is_unit(part)
        or is_measured(part)
    ):
        return cells.replace("\t", " ")
    return " ".join([over if _TOTAL.fullmatch(part) else part + over, *parts[1:]])


def _cell(match: re.Match[str]) -> _Cell:
    number, signed = match["number"], match["number"][0] in "+-" and not match["before"]
    comparator = _SIGNS.get(match["before"] or "", match["before"] or "") or match["after"] or ""
    value = Decimal(number.rstrip("%").replace(",", ""))
    start = match.start("before" if match["before"] else "number") + signed
    end = match.end("after" if match["after"] else "number")
    return _Cell(start, end, value, comparator, match["moved"] or "", bool(match["summed"]))


def _bare(name: str) -> tuple[str, str]:
    """A row's name without its marks, gaps and bracketed unit, and that unit: 货 运 量（万吨） -> 货运量, 万吨."""
    bare = FOOTNOTE.sub("", re.sub(r"\s+", "", _MARK.sub("", name)))
    bracket = BRACKETS.search(bare)
    if bracket and is_unit(bracket["unit"]):
        return bare[: bracket.start()], bracket["unit"]
    return bare, ""


# ------------------------------------------------------------------ rows


def _body_rows(body: list[_Line], above: Sequence[str]) -> list[list[Row] | None]:
    """The rows of each line of a table; None for a line by itself that may be no table row at all.

    A line with fewer cells than another has an empty one somewhere: none of its numbers is sure.
    """
    caption = _caption(above)
    said = re.findall(r"单位[：\s]*([^\s，、）（]{1,8})", " ".join(above))
    common = next((unit for unit in reversed(said) if is_unit(unit) or unit == "%"), "")
    widest = max(len(line.cells) for line in body)
    made: list[list[Row] | None] = []
    whole, parents = ("", ""), list[tuple[int, str]]()
    divided = {} if common == "%" else _divisions(body)  # growths add up to nothing
    names = dict[int, str]()
    for at, line in enumerate(body):
        columns, has_units = columns_of(above, len(line.cells))
        name, own_unit, unit = _named(line, has_units=has_units)
        name = _of_title(name, caption)
        unsure = len(line.cells) < widest or (has_units and not (unit or own_unit))
        if unsure or (not columns and not (unit and len(line.cells) <= 2)):
            made.append([] if len(body) > 1 else None)
            continue
        columns = _of_caption(columns, caption, common) or [Column("value", "", "", "")]
        parents = [parent for parent in parents if parent[0] < line.depth]
        told = is_measured(name) or name.endswith(_YIELDED) or all(c.label for c in columns)
        of, bare = parents[-1][1] if parents else "", name
        of = names.get(divided.get(at, -1), of)
        if of.endswith(("量", "人口")) and not is_measured(name) and not name.endswith(("量", "人口")):
            name, told = name + _shared_name(name, of), True  # 核电 below 发电量
        if not told and bare in words("grid", "spent_on") and (unit or own_unit or common) == "元":
            name, told = f"人均{name}支出", True
        if not told:
            of = of or (whole[0] if whole[1] == unit and name.endswith("业") else "")
            name = part_of(of, name) if of else name + _head_of(caption)
        names[at] = name
        made.append(_line_rows(line, name, columns, (unit or own_unit or common, _year_of(caption))))
        parents.append(
            (line.depth, of if of and name.startswith((f"{of}中", bare)) and name != bare else name)
        )
        trade = name != bare and re.search("(?<!工)业$", bare)  # 制造业 stands beside the other trades
        base = canonical(name) and not columns[0].label and not of and not trade
        whole = (name, unit) if base else whole
    return made


def _shared_name(part: str, of: str) -> str:
    """What a part shares with the line that it divides; 城镇 below 户籍人口 are none of 常住人口."""
    if not of.endswith("人口"):
        name = canonical(of) or of
        return "产量" if name.endswith("产量") else name  # 小龙虾 below 水产品产量, but 核电 below 发电量
    registered = "户籍" in of and "常住" in (canonical(part + "人口") or "")
    return "户籍人口" if registered else "人口"


def _divisions(body: list[_Line]) -> dict[int, int]:
    """Line -> the line that it is a part of, where parts from one marked 其中 on add up to a line above it.

    城镇 221.6 and 乡村 150.8 below 常住人口 372.4, whose indents are lost: the next 其中 (男性) divides 常住人口 again.
    """
    of: dict[int, int] = {}
    for at, line in enumerate(body):
        if at and _PART.match(line.name):
            wholes = [at - 1, *([of[at - 1]] if at - 1 in of else [])]
            for whole in wholes:
                if end := _summing(body, at, whole):
                    of |= dict.fromkeys(range(at, end), whole)
                    break
    return of


def _summing(body: list[_Line], first: int, whole: int) -> int:
    """The line after those from ``first`` on whose first numbers add up to that of the line ``whole``; 0 if none do."""
    total, added = body[whole].cells[0], Decimal(0)
    for at in range(first, len(body)):
        cell = body[at].cells[0]
        if total is None or cell is None or cell.value < 0 or (at > first and _PART.match(body[at].name)):
            return 0
        added += cell.value
        rounding = (at - first + 2) * Decimal(1).scaleb(int(cell.value.as_tuple().exponent)) / 2
        if at > first and abs(added - total.value) <= rounding:
            return at + 1
    return 0


def _of_caption(columns: list[Column], caption: str, unit: str) -> list[Column]:
    """The columns of a table whose title says that all are growths: 居民消费价格涨跌幅度，单位：%."""
    if unit != "%" or not GROWTH.search(caption) or re.search(r"及其?|[和与、]|指数", caption):
        return columns
    return [replace(column, kind="growth") if column.kind == "value" else column for column in columns]


def _named(line: _Line, *, has_units: bool) -> tuple[str, str, str]:
    """A line's bare name, the unit in its brackets and that of its unit cell, known or not (万重量箱)."""
    if has_units and not line.unit and " " in line.name:
        first, _, last = line.name.rpartition(" ")
        return *_bare(first), last
    return *_bare(line.name), line.unit


def _caption(above: Sequence[str]) -> str:
    """The title of a table: the last short line above it that ends no sentence and is no header."""
    header = next((at for at, text in enumerate(above) if HEADER.match(text.lstrip())), len(above))
    titles = [
        text for text in above[:header] if len(text) <= 50 and not SENTENCE.search(text) and "\t" not in text
    ]
    return next((text for text in reversed(titles) if not _UNIT_LINE.match(text)), "")


def _of_title(name: str, caption: str) -> str:
    """投资额 in a table of 房地产开发和销售主要指标 is 房地产开发投资, if that is a statistic; any other name as it is."""
    bare = _BARE_SUM.fullmatch(name)
    thing = re.split("和|及|与|、|主要|情况|指标", _TITLE_BEGUN.sub("", caption))[0] if bare else ""
    return f"{thing}{bare['head']}" if bare and thing and canonical(thing + bare["head"]) else name


_BARE_SUM = re.compile("(?:本年|全年|累计)?(?:完成)?(?P<head>投资)(?:完成)?额?")
_TITLE_BEGUN = re.compile(
    r"^(?:表[\d一二三四五六七八九十]+|[\s:：、.]|[12]\d{3}年|[全我本][国省市县区州旗])+"
)


def _head_of(caption: str) -> str:
    """What a table's title says that all its lines are: 主要产品产量及其增长速度 -> 产量; "" if it does not."""
    heads = [match for word in words("subject", "asked_heads") for match in re.finditer(word, caption)]
    return max(heads, key=lambda match: (match.end(), len(match[0])))[0] if heads else ""


def _year_of(caption: str) -> str:
    said = re.findall(r"([12]\d{3})(?=年)", caption)
    return said[0] if len(said) == 1 and not re.search(r"\d[—~至-]+[12]\d{3}年", caption) else ""


def _line_rows(line: _Line, name: str, columns: list[Column], context: tuple[str, str]) -> list[Row]:
    """``context`` is the unit of what the line tells of and the year of the table."""
    unit, year = context
    told_year = YEAR.fullmatch(name)
    name = "" if told_year else name
    rows = []
    for cell, column in zip(line.cells, columns, strict=False):
        label = "" if name.endswith((column.label, *_YIELDED)) else column.label
        if label == "产量" and unit.endswith("千瓦时"):
            label = "量" if name.endswith("发电") else "发电量"  # 核电 206.9
        whole = "" if label and _TOTAL.fullmatch(name) else name  # 总额 | 出口
        label = f"{label}占比" if column.kind == "share" else label
        if cell is None or not whole + label:
            continue
        said = column.unit or unit
        rate = _RATE.search(name) if said == "%" and column.kind != "share" else None
        fell = said == "%" and cell.value < 0 and not _PERCENTAGE.search(name)
        value = (
            -cell.value
            if (cell.moved or (rate[0] if rate else "")) in words("grid", "fallen")
            else cell.value
        )
        of = replace(column, kind="growth") if rate or cell.moved or fell else column
        measure, own = _measured(of, value, unit)
        if (cell.summed and not rate) or cell.moved in ("增加", "减少"):
            measure, own = ("变化", "个百分点") if unit == "%" else ("增量", unit)
        period = told_year["year"] if told_year else column.period or year
        period = str(int(year) - 1) if column.earlier and year else period
        indicator = _in_area(name[: rate.start()] if rate else whole, column.area) + label
        span = (cell.start, cell.end, line.start, line.length)
        rows.append(
            Row(indicator, measure, value, own, cell.comparator, *span, period, column.earlier, column.time)
        )
    return rows


def _in_area(name: str, area: str) -> str:
    """A name with whose it is: 农村 + 居民消费价格; 全国人口 says it itself."""
    if not area or AREA_COLUMN.match(name) or name.startswith(area):
        return name
    of_people = re.match(r"人均(?:可支配|生活消费|消费)", name) and not area.endswith("居民")
    return area + ("居民" if of_people else "") + name


def _measured(column: Column, value: Decimal, unit: str) -> tuple[str, str]:
    """Measure and unit of a cell: growth in % falls below 0, in 百分点 is a change, in a unit an increase."""
    if column.kind == "share":
        return "占比", "%"
    if column.kind == "growth" and "百分点" in column.unit:
        return "变化", "个百分点"
    if column.kind == "growth" and column.unit in ("", "%"):
        return ("降幅" if value < 0 else "增速"), "%"
    if column.kind == "growth":
        return "增量", column.unit
    unit = column.unit or unit
    return ("比率" if unit in ("%", "‰") else "总量"), unit
