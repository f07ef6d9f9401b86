"""Who gave a report, where and when: from flags, file name, title and the first lines.

Order: a flag wins; then the file name (the user named it); then title and text. Where the file name
contradicts the text, the file name is followed and a warning is logged. A statistical bulletin is known
by the data year in its title, not by the year in which it came out.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.errors import SourceError
from qa.identity_years import HAN_YEAR, YEARS, dense, published, published_year, year_of
from qa.lexicon import pattern, piece, regex
from qa.nation import NATION
from qa.places import gazetteer, places_in, province_names, short_name
from qa.text import fold, han_number, year_said
from qa.year_parts import RELEASE, release_kind

logger = logging.getLogger(__name__)

HEAD_BLOCKS = 16

_UNIT = regex("identity", "units").pattern
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?(?:{_UNIT})")
"""What is written like a place's name, for places that the gazetteer does not know."""
_NOT_PLACES = re.compile(
    r"(?:我|全|本|各|该|贵|城|都|省|自治|大都|超|[一-十]个)(?:省|市|县|区|州|盟|旗|镇|自治区)|.*[的了在为我某].*"
)
_DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_ROC_DATE = re.compile(r"民国(\d{2,3})年(\d{1,2})月(\d{1,2})日")
_HAN_DATE = re.compile(
    r"([〇零○oO0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ROLE = regex("identity", "roles").pattern
_SPEAKER = re.compile(
    rf"(?:^|会议上|大会上|日)[（]?(?:[\u4e00-\u9fff、（）]{{0,24}}?)(?P<role>{_ROLE})[：、]?(?P<name>[\u4e00-\u9fff·•]{{2,16}})[）]?$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+")
_NOT_NAMES = pattern("identity", "no_names")
_KINDS = (
    ("统计公报", re.compile(r"统计公报|社会发展公报")),
    ("预算报告", re.compile(r"预算.{0,12}报告|预算草案|预算执行情况")),
    ("计划报告", re.compile(r"(?:社会发展)?计划.{0,30}报告|社会发展计划")),
    ("规划纲要", re.compile(r"五年规划|五规划|规划.{0,16}纲要|远景目标纲要")),
    (RELEASE, regex("identity", "release")),
)
_TITLE = re.compile(
    r"工作报告|施政报告|统计公报|社会发展公报|(?:预算|计划|执行情况|草案).{0,30}报告"
    r"|五年规划|规划纲要|目标纲要|社会发展计划执行情况|年工作(?:总结|情况)"
    rf"|{piece('identity', 'release')}"
)
_KIND_WORDS = regex("identity", "kinds")


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a report. ``given_on`` is an ISO date; ``speaker`` a name without its office."""

    place: str
    year: int
    title: str
    doc_kind: str
    given_on: str | None
    speaker: str | None

    @property
    def report_id(self) -> str:
        """``<year>-<place>``, with the kind appended if it is not a government work report."""
        tail = "" if self.doc_kind == "政府工作报告" else f"-{self.doc_kind}"
        return f"{self.year}-{self.place}{tail}"


def identify(
    path: Path,
    texts: Sequence[str],
    *,
    place: str | None = None,
    year: int | None = None,
    around: Sequence[str] = (),
) -> Identity:
    """Find the identity of the report whose paragraphs are ``texts``; ``around`` are the lines of the page around them.

    Raises: SourceError that asks for --place and/or --year where they cannot be found.
    """
    if year is not None and year not in YEARS:
        raise SourceError(
            str(path), f"年份 {year} 不在 {YEARS.start} 到 {YEARS.stop - 1} 之间，请检查 --year"
        )
    top = next((i for i, text in enumerate(texts) if re.match(r"\s*(?:一、|第一部分)", text)), HEAD_BLOCKS)
    head = [dense(text) for text in texts[: min(top, HEAD_BLOCKS)]]
    own_title, dense_title = _find_title(texts, head)
    stem = dense(path.stem)
    kind = next((name for name, pattern in _KINDS if pattern.search(dense_title or stem)), "政府工作报告")
    kind = release_kind(dense_title + stem) if kind == RELEASE else kind
    given_on = _given_on(head)
    flagged = fold(place.strip()) if place else ""
    found_place = flagged or _place(stem, dense_title, head, texts) or _published_by([*head, *around])
    found_place = found_place or _most_named(stem, texts)
    found_year = year or year_of(stem, dense_title, given_on, kind, texts)
    stamped = published(around)
    if found_year is None and stamped:
        found_year, given_on = published_year(stem, kind, stamped), stamped
    missing = [(found_place, "地区", "--place"), (found_year, "年份", "--year")]
    if not (found_place and found_year):
        what = "和".join(name for value, name, _ in missing if not value)
        flags = " 和 ".join(flag for value, _, flag in missing if not value)
        raise SourceError(str(path), f"看不出报告的{what}，请用 {flags} 指明")
    title = own_title or _composed(found_place, found_year, kind)
    return Identity(found_place, found_year, title, kind, given_on, _speaker(head))


def _composed(place: str, year: int, kind: str) -> str:
    if place == NATION and kind == "政府工作报告":
        return f"国务院政府工作报告（{year}年）"
    names = {"统计公报": "国民经济和社会发展统计公报", "计划报告": "国民经济和社会发展计划报告"}
    return f"{place}{names.get(kind, kind)}（{year}年）"


# ------------------------------------------------------------------ title, date, speaker


def _find_title(texts: Sequence[str], head: Sequence[str]) -> tuple[str, str]:
    """The title as written without inner white space, and folded; ("", "") if there is none."""
    for i, line in enumerate(head[:10]):
        own = re.sub(r"\s", "", texts[i])
        if i and _runs_over(head[i - 1], line):
            own, line = re.sub(r"\s", "", texts[i - 1]) + own, head[i - 1] + line
        following = head[i + 1] if i + 1 < len(head) else ""
        if re.match("[与和及暨].{4,40}(?:报告|草案）?)$", following) and line.endswith("情况"):
            own, line = own + re.sub(r"\s", "", texts[i + 1]), line + following
        bare = re.sub(r"(?:\[\d+\]|［\d+］|（全文）|\*|(?<=公报)(?:19|20)\d{2})+$", "", line).strip("《》")
        if not (
            4 <= len(bare) <= 60 and _TITLE.search(bare) and not re.search(r"[。，：；！]|——|我代表", bare)
        ):
            continue
        title = own.strip("《》")[: len(bare)]
        before = head[i - 1] if i else ""
        broken = re.match(
            r"政府工作|工作报告|统计公报|.{0,12}报告$|(?:第?十.{1,2})?五年规划", bare
        ) and not _PLACE.match(bare)
        if (
            broken
            and 2 <= len(before) <= 30
            and re.search(r"(?:[省市县区州盟旗府会个]|\d年|发展|情况|草案)$", before)
        ):
            return re.sub(r"\s", "", texts[i - 1]) + title, before + bare
        return title, bare
    return "", ""


_TITLE_WORDS = (
    "国民经济和社会发展",
    "政府工作报告",
    "统计公报",
    "计划执行情况",
    "预算执行情况",
    "草案的报告",
)


def _runs_over(before: str, line: str) -> bool:
    """Whether a title's line ends inside a word that the next one goes on with: …国民经 / 济和社会发展统计公报."""
    both, end = before + line, len(before)
    at = [both.find(word, max(0, end - len(word) + 1)) for word in _TITLE_WORDS]
    return end <= 40 and any(
        0 <= begin < end < begin + len(word) for begin, word in zip(at, _TITLE_WORDS, strict=True)
    )


def _given_on(head: Sequence[str]) -> str | None:
    """ISO date of the first dated line of the head; a line that says 在…会议上 comes first."""
    dated: list[tuple[bool, str]] = []
    for line, following in zip(head, [*head[1:], ""], strict=False):
        found = _read_date(line) if len(line) <= 80 else None
        if found:
            # The line may break before 会议上.
            at_meeting = "在" in line and "会" in line + following
            if at_meeting or len(line) <= 40:
                dated.append((not at_meeting, found))
    return min(dated, key=lambda pair: pair[0])[1] if dated else None


def _read_date(text: str) -> str | None:
    match = _DATE.search(text) or _ROC_DATE.search(text)
    if match:
        year, month, day = year_said(match[1]), int(match[2]), int(match[3])
    else:
        match = _HAN_DATE.search(text)
        if match is None:
            return None
        digits = re.sub(r"[○oO0零]", "〇", match[1])
        year, month, day = [int(han_number(part) or 0) for part in (digits, match[2], match[3])]
    if year in YEARS and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return None


def _speaker(head: Sequence[str]) -> str | None:
    """Name on a line of office and name, which may be broken after the office or follow the meeting."""
    for i, line in enumerate(head[:12]):
        if len(line) > 80 or re.search(r"[。，；]", line):
            continue
        bare = re.sub(r"（[^）]*\d[^）]*）", "", line)
        following = head[i + 1] if i + 1 < len(head) else ""
        for text in (bare, bare + following if re.search(rf"(?:{_ROLE})[：]?$", bare) else ""):
            match = _SPEAKER.search(text)
            if match and _is_name(match["name"]):
                return match["name"]
        if re.search(r"会议上?[）]?$", bare) and _is_name(following):
            return following
    return None


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _NOT_NAMES.search(text) and not re.match(_ROLE, text)


# ------------------------------------------------------------------ place


def _place(stem: str, title: str, head: Sequence[str], texts: Sequence[str]) -> str:
    from_text = _in_full(_place_in_text(title, head, texts))
    from_name = _in_full(_place_in_name(stem, from_text, texts), from_text)
    if from_name and from_text and from_name != from_text:
        logger.warning("%s：文件名说的是%s，正文说的是%s，按文件名处理", stem, from_name, from_text)
    return from_name or from_text


_PUBLISHER = re.compile(
    rf"(?:来源|作者|发布(?:机构|单位|者)|^)[：]?(?P<place>[\u4e00-\u9fff]{{2,14}}?){piece('identity', 'publishers')}"
)


def _published_by(lines: Sequence[str]) -> str:
    """The place of the office that a line names as the source of the page: 来源：白水市统计局."""
    named = (lowest_place(said["place"]) for line in lines if (said := _PUBLISHER.search(dense(line))))
    return _in_full(next((name for name in named if name), ""))


def _in_full(name: str, beside: str = "") -> str:
    """湘西州 and 环江县 by their full names, that of the gazetteer or of a text ``beside``; any other as it is."""
    if name[-1:] not in ("州", "县", "旗") or "自治" in name:
        return name
    full = [place.name for place in gazetteer() if "自治" in place.name]
    called = (one for one in (beside, *full) if "自治" in one and short_name(one) + one[-1] == name)
    return next(called, name)


_LEVELS = "镇旗县区盟州市省"
"""Units, the lowest first: a county's report also speaks of its city and province, seldom the other way round."""


def _most_named(stem: str, texts: Sequence[str]) -> str:
    """The place of its own level that a text names most, where nothing else tells: 台州市 for a 市 that speaks of 台州.

    It must stand there twice as often as any other of that level; the reader is warned.
    """
    text = fold("".join(texts))
    said = Counter(
        a or b for a, b in re.findall(f"[全我]([{_LEVELS}])|([{_LEVELS}])(?:委|政府|人大|政协)", text)
    )
    level = next((unit for unit in _LEVELS if said[unit] > 1), "")
    named = Counter(place.name for _, _, place in places_in(text) if place.name.endswith(level))
    (first, often), (_, next_often) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    if not level or often < max(2, 2 * next_often):
        return ""
    logger.warning(
        "%s：没有写明是哪里的报告，按正文里最常说到的地方认作%s；不对请用 --place 指明", stem, first
    )
    return first


def lowest_place(text: str) -> str:
    """The last and smallest administrative unit in folded text: 安徽省合肥市 gives 合肥市; "" if none."""
    known = _official_names()
    places = []
    for match in _names().finditer(text):
        name = match[0]
        if name in known:
            places.append(known[name])
        elif len(name) >= 2 and not _NOT_PLACES.fullmatch(name):
            places.append(_without_province(name))
    return places[-1] if places else ""


@cache
def _official_names() -> dict[str, str]:
    """Full names of the gazetteer, folded, and as they are written: 干安县 -> 乾安县. 城区 is a name only beside its city's."""
    names = {fold(place.name): place.name for place in gazetteer() if not place.name.endswith("行政区划")}
    names.pop("城区", None)
    return names


@cache
def _names() -> re.Pattern[str]:
    """A known name, the longest first (固镇县 before 固镇), or what is written like one."""
    known = sorted(_official_names(), key=len, reverse=True)
    return re.compile("|".join(known) + "|" + _PLACE.pattern)


def _province(name: str) -> str | None:
    """The full name of a province called by its short one: 广西 -> 广西壮族自治区."""
    return (
        next((place.name for place in gazetteer() if place.short == name), None)
        if name in province_names()
        else None
    )


def _without_province(name: str) -> str:
    """安徽合肥市 gives 合肥市, whether or not the gazetteer knows it; 海南藏族自治州 is a whole name."""
    for province in province_names():
        rest = name.removeprefix(province)
        if (
            rest != name
            and not _NOT_PLACES.fullmatch(rest)
            and _PLACE.fullmatch(rest)
            and not re.match(r".{1,4}族.*自治", rest)
        ):
            return _official_names().get(rest, rest)
    return name


def _place_in_name(stem: str, from_text: str, texts: Sequence[str]) -> str:
    if re.search(r"国务院|全国|中央|中国政府|中华人民共和国", stem):
        return NATION
    words = _KIND_WORDS.sub(" ", re.sub(rf"{HAN_YEAR}年|\d+[年月日]?", " ", stem))
    tokens = re.findall(r"[\u4e00-\u9fff]{2,24}", words)
    for token in tokens:
        place = lowest_place(token)
        if place and re.fullmatch(rf"(?:{_names().pattern})+", token):
            # 杭州 looks complete and is not; 凉山州 is.
            whole = _completed(place, from_text, texts) if re.search(r"(?<!自治)州$", place) else ""
            return whole or place
    for token in tokens:
        if province := _province(token):
            return province
        whole = _completed(token, from_text, texts) if len(token) <= 8 else ""
        if whole:
            return whole
    return ""


def _completed(name: str, from_text: str, texts: Sequence[str]) -> str:
    """A name without its unit (杭州) completed from the text, "" if the text does not know it."""
    if from_text.startswith(name):
        return from_text
    text = fold("".join(texts))
    counts = {unit: text.count(name + unit) for unit in "市县区州省旗盟"}
    unit = max(counts, key=lambda key: counts[key])
    if counts[unit] >= 2:
        return name + unit
    office = re.search(r"代表(省|市|州|县|区|旗|盟|镇)人民政府", text)
    return name + office[1] if office and not name.endswith(office[1]) and text.count(name) >= 2 else ""


def _place_in_text(title: str, head: Sequence[str], texts: Sequence[str]) -> str:
    """From 在X第N届人民代表大会, then the title, then 我代表X人民政府; 全国 for the State Council."""
    joined = "".join(head)
    short = [line for line in head if len(line) <= 60]
    if "我代表国务院" in joined or any(
        re.search(r"在.*全国人民代表大会.*会议|^国务院总理|^中华人民共和国\d{4}年", line) for line in short
    ):
        return NATION
    found = re.findall(r"在([\u4e00-\u9fff]{2,24}?)第?[一二三四五六七八九十百\d]+届(?:人民代表|人大)", joined)
    bare = re.sub(r"^(?:关于|印发|中共|中国共产党)+", "", title)
    found.append(re.split(r"\d|政府|国民经济|人民|关于", re.sub(rf"^{HAN_YEAR}年度?", "", bare))[0])
    found += re.findall(r"代表([\u4e00-\u9fff]{2,20}?)人民政府", joined)
    if "施政报告" in title:
        found += re.findall(r"(?:香港|澳门)特别行政区", joined + fold("".join(texts)))[:1]
    for text in found:
        place = lowest_place(text)
        if place:
            return place
        if province := _province(text):
            return province
    return ""
