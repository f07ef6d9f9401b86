"""The words before a number to its subject and its measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.clauses import RATES, verb_of
from qa.horizons import PLAN_NAMES
from qa.indicator_names import canonical
from qa.lexicon import pattern, piece, regex, words
from qa.text import Quantity

LEAD = re.compile(rf"^{piece('head', 'lead')}+")

ADDED = re.compile(
    rf"净增|(?<![北南东西中华国高创翻更最重全革焕刷从])新{piece('head', 'new')}"
    r"|(?:^|、|和)(?:增加|增设|增配|增开|增种)(?=[\u4e00-\u9fff])"
)

WHOLE = frozenset(words("head", "whole"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that later clauses may inherit; ``start`` is where its words begin in the paragraph.

    ``measure`` and ``family`` are those of its last number: 其中 … goes on counting what was added. ``things``
    are the last that were counted, and their family: 完成投资5亿元，竣工50个 goes back to them. ``listed`` names
    all that were counted in one enumeration: 办理建议45件、提案71件，办结率100% is of both.
    """

    text: str
    start: int
    before: tuple[tuple[str, int], ...] = ()
    measure: str = ""
    family: str = ""
    things: tuple[str, str] = ("", "")
    listed: str = ""


_FOOTNOTE = re.compile(r"\[\d+\]")
_COMPARED = re.compile(r"^(?:比|较)(?:上年|去年|上一年|前年|[12]\d{3}年)(?:同期|度|末|底)?(?=.)")
_COMPARED_END = re.compile(
    r"(?:(?<![同环])比(?![重例率]|缩小|收窄|扩大|下降|降低|提高|上升)|较)(?:[\u4e00-\u9fff\d]{2,12})$"
)
BASE = rf"[12]\d{{3}}年|[一二两三四五六七八九十]+年前|前[两三四五]年(?:总和|之和)|“?(?:{PLAN_NAMES})”?(?:时期|期间)"
"""A time that a later one is held against: 是2010年的2.1倍, 是“十一五”时期的3.2倍, 是十年前的3倍."""
_OF_YEAR = re.compile(
    rf"(?:恢复到|恢复至|相当于|是|为|达到?)(?:{BASE}|上年|去年)(?:同期|末|底)?(?:水平)?的?$|(?:在全[国省区市州])?的?(?:位次|名次)$"
)
_SPAN = re.compile(r"(?:过去|近|这)?[两三四五六七八九十]+年来?")
_PER_HEAD = re.compile(r"(?<=[到至达为])(?:年|月)?(?:人均|户均|每人每[月年]|每[月年人])$")
_FILLED = re.compile(rf"{piece('head', 'filled')}$")


_THERE_ARE = re.compile(
    r"^(?:全[省市县区州旗盟])?(?:共|还|已|拥)?有(?![效机线色轨偿害毒关意序力限余望所]|[^，]{1,16}(?:的|荣获|入选|获))(?=[\u4e00-\u9fffa-z\d]{2})"
)
"""全县有|规模以上工业企业86家; 有效专利 and 有线电视用户 are names."""
_SUM_BESIDE = re.compile(
    r"(?:同比|[比较](?:上年|去年|上一年|年初|预算)(?:同期|末|底)?)(?:(?P<less>减[收支少]|少[收支]?|短收)|[增超]收|增支|多[收支]?)$"
)
"""同比增收 and 比上年多 before a sum say how it moved; 户均增收 is what is told of."""


_FOR_WHOM = re.compile(
    rf"^(?:为|给)(?:各类|广大|全[市县省区])?{piece('head', 'for_whom')}+(?=[\u4e00-\u9fff]{{2}})"
)
"""Whom a sum is for: 为各类市场主体新增减税降费 names 新增减税降费."""


def strip_subject(head: str, family: str = "percent") -> str:
    """The subject in the words before a number: without lead-ins, comparisons and predicate.

    改造提升 before a count is what was done, not growth; only before a rate is 提升 a predicate.
    """
    keys = (
        ("against", "growth_up", "growth_down", "reach")
        if family in RATES
        else ("against", "growth_count", "reach")
    )
    text = re.sub(r"^（[^（）]{1,6}）", "", _FOOTNOTE.sub("", head))  # 7.4万套（间）、累计达到…
    text = LEAD.sub("", text.strip('，、：。；—“”" '))
    text = re.sub(
        r"(?<![\d.])(?:近|过去|这)?[两三四五六七八九十\d]+年来?(?=年均|平均|总体)|^[三五十]年(?=累计|共|合计|增加|增长|实施)",
        "",
        text,
    )
    text = re.sub(rf"^(?:是|为|相当于)(?:{BASE}|上一?年|去年)(?:同期|末|底)?的?$", "", text)
    text = LEAD.sub("", re.sub(r"^(?:(?:是|相当于)(?=[\u4e00-\u9fff\d]{2})|为(?=\d{4}年))", "", text))
    text = re.sub(r"^连续(?=[\u4e00-\u9fff])", "", _FOR_WHOM.sub("", text))
    text = _THERE_ARE.sub("", text) if family not in RATES else text
    text = re.sub(r"^(?:将|把)(?![于在来])(?=[\u4e00-\u9fff]{4})", "", text)
    while True:
        shorter = _PER_HEAD.sub("", _OF_YEAR.sub("", text)) if not _SPAN.fullmatch(text) else ""
        for key in keys:
            for word in words("predicate", key):
                if shorter.endswith(word):
                    shorter = shorter[: -len(word)]
                    break
        shorter = re.sub(
            r"(?:近|过去|这)?(?<!前)[三四五十]年(?=累计$)", "", _FILLED.sub("", shorter).rstrip("、的 ")
        )
        if head != shorter:
            shorter = _COMPARED_END.sub("", shorter)
        shorter = re.sub(r"(?<=收入|支出|预算)安排$", "", shorter)
        shorter = without_level(_SUM_BESIDE.sub("", shorter) if family not in RATES else shorter)
        if shorter == text:
            return _without_saying(_COMPARED.sub("", text))
        text = shorter


_SAYING = re.compile(rf"^[^，、]{{0,12}}?{piece('head', 'saying')}(?:了|的|今年|全年|全[省市区县])*")


def _without_saying(text: str) -> str:
    """提出地区生产总值 names 地区生产总值: who says so, and how sure it is, are no part of a standard indicator."""
    rest = _SAYING.sub("", text)
    return rest if rest != text and canonical(rest) else text


def ends_in_predicate(lead: str, family: str) -> bool:
    """Whether what stands before a number of a unit family is whole: 增长 before a rate, 达到 before any."""
    tail = lead.removesuffix("分别")
    keys = ("growth_up", "growth_down") if family in RATES else ("growth_count",)
    return any(tail.endswith(w) for key in keys for w in words("predicate", key)) or tail.endswith(
        ("达", "达到", "为", "至", "突破", "超过")
    )


def whole_of(text: str, word: str) -> str:
    """What 总数 and 累计 count: 新增规上企业61家，总数达到554家 counts 规上企业; 总投资 is still of the new ones."""
    return text if "投资" in word else ADDED.sub("", text, count=1)


_CALIBRE = re.compile(rf"^{piece('head', 'reckoned')}[^，]{{2,24}}(?:后|口径|计算|因素|影响)?$")
_STANDARD_CALIBRE = re.compile(r"^按(?:照)?(?:不变价格?|可比价格?|现价|可比口径|同口径)(?:计算)?$")


def other_calibre(clause: str) -> str:
    """A clause that only says what is left out of the figures after it: 排除水电行业影响; "" for any other."""
    bare = LEAD.sub("", clause.strip())
    aside = _STANDARD_CALIBRE.match(bare) or regex("subject", "axis").fullmatch(bare)
    return bare if _CALIBRE.match(bare) and not aside else ""


LEVEL = re.compile(rf"{piece('head', 'levels')}级|其他|其它")
_EXAMPLES = re.compile(
    r"^.*(?<![高平中同初优特均相对一二三])等(?![级待于值效候额价额分])(?:领域|方面|地(?![方区铁下表质]))?(?:的)?"
)
_INVESTED = frozenset(words("head", "invested"))
_ONLY_SO_FAR = re.compile(rf"^{piece('head', 'so_far')}+")


def counted(value: Quantity) -> bool:
    """Whether a number counts things or people, rather than measuring money, length or weight."""
    return value.family in ("people", "visits") or value.unit.endswith(value.family)


_MOVED = re.compile(rf"(.+)({piece('head', 'came_about')})")


def read_head(lead: str, value: Quantity, inherited: Subject) -> tuple[str, str]:
    """Subject and measure from the words before a number; the subject may be inherited."""
    stripped = strip_subject(lead, value.family)
    measure = _measure(lead, value)
    against = AGAINST.search(lead)
    if against and value.family in ("point", "percent", "duration", "times"):
        before = strip_subject(lead[: against.start()]).removesuffix("增速")
        if not (against["word"] or "").startswith("超") or (against["ref"] and value.family == "point"):
            return before or inherited.text, "差距"
    if not stripped or _STANDARD_CALIBRE.match(stripped):
        reached = inherited.measure == "增量" and re.search(r"(?:达到?|增至|增加到|已有)$", lead)
        return ADDED.sub("", inherited.text, count=1) if reached else inherited.text, measure
    if inherited.text:
        if (whole := _of_inherited(stripped, value, inherited)) is not None:
            all_there_is = measure == "增量" and stripped in WHOLE and not _GAINED.search(lead)
            measure = "占比" if _TASK.fullmatch(stripped) and measure == "比率" else measure
            return whole, "总量" if all_there_is else measure
        if re.match(r"占|与.+之比$", stripped):
            return _shared(stripped, inherited), "占比"
    if stripped in ("占比", "比重"):
        return stripped, measure
    if measure == "增量" and len(stripped) > 4 and "分别" not in stripped:
        moved = _MOVED.fullmatch(stripped)
        stripped = f"{moved[2]}{moved[1]}" if moved and without_verb(moved[1]) else stripped
    return without_examples(stripped, value), measure


_TASK = re.compile(
    rf"(?:超额)?(?:完成|占|达到?|为|相当于)?(?P<of>[^，为占]{{0,8}}(?:任务|计划)|{piece('subject', 'budgeted')})"
)
"""What a part is done of: 61.2亿元，为年初预算的102.1%."""
_TASK_END = re.compile(rf"(?:超额)?(?:完成|占|达到?|为|相当于)+{piece('subject', 'budgeted')}$")


def without_task(text: str) -> str:
    """一般公共预算支出完成调整预算 (的96.2%，增长3.4%) names 一般公共预算支出 for what follows."""
    return _TASK_END.sub("", text)


_GAINED = re.compile(r"(?:比|较)[^，]{2,10}(?:增加|净增|多|扩大|减少)了?$")
"""总量比五年前增加 tells how much more it is, not how much."""


def _of_inherited(stripped: str, value: Quantity, inherited: Subject) -> str | None:
    """The name of a head that says only a part of it: 总数, 累计建成, 市级, 产量; None for a full one."""
    text = inherited.text
    if re.fullmatch(r"\d[^，、岁]*(?:以上|以下|以内)", stripped) and counted(value):
        return text + stripped  # 集体经济收入全部达到5万元以上，其中10万元以上的23个
    if task := _TASK.fullmatch(stripped):
        return f"{text}完成{task['of']}" if value.family == "percent" else None
    if _CALIBRE.match(stripped):
        return f"{text}（{stripped}）"
    stem = re.sub(
        r"(?:播种面积|种植面积|面积|总产|总?产量|总?产值|[出存]栏量?|数量|(?<!电力)(?:发电)?总?装机(?:容量|规模)?"
        r"|(?<!资产)(?:完成)?投资(?:完成)?)$",
        "",
        text,
    )
    bare = stripped.removeprefix(verb_of(stripped))
    part = regex("head", "measures").fullmatch(bare)
    if part and stem and (stem != text or not inherited.family):
        return re.sub(r"从[^，]{1,4}到[^，]{1,4}$", "", stem) + bare
    if stripped in WHOLE:
        return whole_of(text, stripped) + stripped
    thing = without_examples(_thing_of(text), value)
    if stripped in _INVESTED and re.search(r"(?:项目|工程)$", thing) and len(_BOUND.sub("", thing)) <= 14:
        return thing + stripped
    if stripped in ("人均", "户均", "亩均"):
        return stripped + text
    if (toll := toll_of(stripped, text)) != stripped:
        return toll
    if stripped in ("占比", "比重"):
        return text if "占" in text or text.endswith("比重") else text + stripped
    if stripped in ("增速", "排名", "同比", "位次"):
        return text + stripped
    if stripped in ("净增", "新增", "增加"):
        return text
    if stripped in words("head", "income_ratio") and "收入" in text:
        return "城乡居民" + stripped
    if value.family in RATES and _BARE_RATE.fullmatch(stripped):
        return _rate_of(stripped, inherited)
    return _deed_on(stripped, value, inherited)


def _deed_on(said: str, value: Quantity, inherited: Subject) -> str | None:
    """A deed, or a deed and a level, done to what was told of before: 新增企业41家，累计培育 …; 创建国家级园区2个、省级 …."""
    text = inherited.text
    deed = _ONLY_SO_FAR.sub("", said)
    same = value.family == inherited.family or value.unit[-1:] == inherited.family[-1:]
    if deed and not without_verb(deed) and value.family not in RATES:
        things = text if same else inherited.things[0] if inherited.things[1] == value.family else ""
        if things:
            return said + _thing_of(things)
    level = re.fullmatch(rf"(?P<verb>{re.escape(verb_of(said))})(?:{LEVEL.pattern})", said)
    of_level = LEVEL.search(text)
    if level and same:
        return said + (text[of_level.end() :] if of_level else without_verb(text))
    return None


_BARE_RATE = regex("head", "bare_rate")


def _rate_of(rate: str, inherited: Subject) -> str | None:
    """A rate without its thing, of what was counted before it: 办理提案331件，满意率 is 提案满意率."""
    told = _BARE_RATE.search(inherited.text) if inherited.family in RATES else None
    if inherited.family in RATES and not told:
        return None
    whole = "、".join(
        _thing_of(_ADVERBS.sub("", part)) for part in (inherited.listed or inherited.text).split("、")
    )
    of = inherited.text[: told.start()] if told else whole
    return of.removesuffix(rate[:-1]) + rate


def toll_of(name: str, told: str) -> str:
    """死亡人数 behind 道路交通事故起数 is of those accidents; every other name is as it stands."""
    of = regex("subject", "tolled").search(told) if name in words("subject", "tolls") else None
    return told[: of.end()] + name if of else name


def without_verb(text: str) -> str:
    """新开工项目 -> 项目: what a deed is done to."""
    for verb in (pattern("subject", "verbs"), ADDED, pattern("subject", "own_verbs")):
        match = verb.match(text)
        if match:
            return text[match.end() :]
    return text


_BOUND = re.compile(r"^.*\d[^，、]*?(?:以上|以下|以内)的?")
_DONE_TO = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:已经?|全部|均)?{piece('head', 'done_to')}+$")


def _thing_of(text: str) -> str:
    """What a deed is done to, wherever its word stands: 新开工项目 and 项目开工 -> 项目."""
    return _DONE_TO.sub("", without_verb(text))


def _shared(stripped: str, inherited: Subject) -> str:
    """占全市投资比重 of what was told before; a share told already is not told of twice."""
    base = re.sub(r"占.*$", "", inherited.text) or inherited.text
    if stripped == "占":
        return base + "占比"
    return base + re.sub(r"连续[^，]{0,8}$", "", stripped)


def without_examples(name: str, value: Quantity) -> str:
    """引进光伏组件等项目|120个 counts 项目: what stands before 等 are examples of the counted things."""
    if not counted(value) or "等" not in name or "分别" in name:
        return name
    rest = _EXAMPLES.sub("", name)
    return main_verb(name) + rest if len(rest) > 1 and rest != name else name


_ADVERBS = re.compile(rf"^{piece('head', 'adverbs')}+")


_BEGUN = frozenset({"开工", "实施", "推进", "完成"})
"""Verbs that say how far another deed is: 开工|改造老旧小区196个、城中村6万户."""


def main_verb(text: str) -> str:
    """The verb of a clause behind its adverbs: 我们将继续实施 -> 实施, 开工改造老旧小区 -> 开工改造."""
    bare = _ADVERBS.sub("", text)
    added = ADDED.match(text) or ADDED.match(bare)
    verb = verb_of(bare) or verb_of(text)
    second = verb_of(bare.removeprefix(verb)) if verb in _BEGUN else ""
    return max(verb + second, added[0] if added else "", key=len)


def with_noun(lead: str, value: Quantity, noun: str) -> str:
    """The name when the counted noun stands behind the number: 改造|87个|老旧小区.

    A relative clause or examples before the number tell of the things, and are no part of their name.
    """
    stripped = strip_subject(lead, value.family)
    told = lead.endswith("的") or re.search(r"(?<![高平中同初优])等(?:领域|方面|地)?$", lead)
    return (main_verb(stripped) if told and counted(value) else stripped) + noun


def counted_noun(noun: str) -> str:
    """The noun without the measure or the deed of the number after it.

    4家|国有平台公司总资产|405亿元 counts companies, 10个|实事项目建成|9个 all of the projects.
    """
    bare = strip_subject(noun)
    if done := _DONE_TO.search(bare):
        return bare[: done.start()]
    for head in ("总资产", "比例", "资产总额", "总投资", "完成投资", *words("subject", "heads")):
        if len(head) > 1 and bare.endswith(head) and len(bare) - len(head) >= 2:
            return strip_subject(bare.removesuffix(head), "个")
    return bare


def without_level(text: str) -> str:
    """旅游收入均超过疫情前水平 names 旅游收入."""
    return re.sub(r"(?:均|都|全部)?(?:超过|恢复到|高于|好于)[^，、]{0,8}水平$", "", text)


AGAINST = re.compile(
    rf"(?:分别)?(?:(?P<word>{piece('head', 'held_against')})(?P<ref>[^，]*)"
    r"|[比较](?![重例率])(?P<than>[^，]{2,20}?)(?:分别)?(?<![提升降减增新])(?P<short>高|低|快|慢|多|少))$"
)


def falls(lead: str) -> bool:
    """Whether the words before a number say that something fell."""
    beside = _SUM_BESIDE.search(lead)
    return bool(beside and beside["less"]) or lead.removesuffix("分别").endswith(
        words("predicate", "growth_down")
    )


_RATE_WORD = re.compile(
    rf"({piece('head', 'rate')}){piece('head', 'rate_to_be')}*{piece('head', 'rate_is')}*(?:在|为)?$"
)
_MORE = ("增长", "增加", "多增", "提高", "上升", "上涨", "扩大", "增产", "增收")
"""What an amount before which it stands was added by; 改造提升 is what was done."""


def _measure(lead: str, value: Quantity) -> str:
    family = value.family
    tail = lead.removesuffix("分别").rstrip("了约近超过到至达")
    rate = family in (*RATES, "fraction")
    if family in ("percent", "tenth", "times") and (rate_word := _RATE_WORD.search(lead)):
        return "降幅" if rate_word[1] in ("降幅", "跌幅", "下降幅度") else "增速"
    down = tail.endswith(words("predicate", "growth_down"))
    up = tail.endswith(words("predicate", "growth_up") if rate else _MORE)
    arrived = lead.endswith(("到", "至"))
    if family in ("percent", "tenth", "times", "double", "fraction"):
        if re.search(r"占比|比重|占[^，]{0,20}$", lead) and (arrived or not (up or down)):
            return "占比"
        if family == "double" or ((up or down) and not arrived):
            return "降幅" if down and not up else "增速"
        return "倍数" if family == "times" else "比率"
    if family == "point":
        return "变化"
    if re.search(r"累计", lead):
        return "累计"
    if value.unit in ("位", "名") and tail.endswith(("提升", "上升", "前移", "跃升", "前进", "下降", "后移")):
        return "变化"
    if ADDED.search(LEAD.sub("", lead)) or ((up or down) and not arrived) or _SUM_BESIDE.search(lead):
        return "增量"
    return "总量"
