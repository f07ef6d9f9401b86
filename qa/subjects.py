"""The words before a number to its subject and its measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.clauses import RATES, verb_of
from qa.horizons import PLAN_NAMES
from qa.indicator_names import canonical
from qa.lexicon import pattern, piece, regex, words
from qa.predicates import ADDED, AGAINST, LEAD, SUM_BESIDE, measure_of
from qa.text import Quantity

WHOLE = frozenset(words("head", "whole"))


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that later clauses may inherit; ``start`` is where its words begin in the paragraph.

    ``measure`` and ``family`` are those of its last number: 其中 … goes on counting what was added. ``things``
    are the last that were counted, and their family: 完成投资5亿元，竣工50个 goes back to them. ``listed`` names
    all that were counted in one enumeration: 办理建议45件、提案71件，办结率100% is of both. ``share`` is the
    name of the share just told, which points are of: 占财政支出的65%，提高4.9个百分点.
    """

    text: str
    start: int
    before: tuple[tuple[str, int], ...] = ()
    measure: str = ""
    family: str = ""
    things: tuple[str, str] = ("", "")
    listed: str = ""
    share: str = ""


_FOOTNOTE = re.compile(r"\[\d+\]")
_COMPARED_END = re.compile(
    r"(?:(?<![同环可])比(?![重例率]|缩小|收窄|扩大|下降|降低|提高|上升)|较)(?:[\u4e00-\u9fff\d“”]{2,12})$"
)
BASE = rf"[12]\d{{3}}年|[一二两三四五六七八九十]+年前|前[两三四五]年(?:总和|之和)|“?(?:{PLAN_NAMES})”?(?:时期|期间|期?末)?"
"""A time that a later one is held against: 是2010年的2.1倍, 是“十一五”时期的3.2倍, 是十年前的3倍."""
_COMPARED = re.compile(rf"^(?:比|较)(?:上年|去年|上一年|前年|{BASE})(?:同期|度|末|底)?(?:的?$|(?=[^末期]))")
_OF_YEAR = re.compile(
    rf"(?:恢复到|恢复至|相当于|是|为|达到?)(?:{BASE}|上年|去年)(?:同期|末|底)?(?:水平)?的?$"
    r"|(?:^|[仅只]?(?:相当于|是|为|有|及|达到?))全[国省市州区](?:平均)?(?:水平)?的$"
    r"|(?:在全[国省区市州])?的?(?:位次|名次)$"
)
_SPAN = re.compile(r"(?:过去|近|这)?[两三四五六七八九十]+年来?")
_PER_HEAD = re.compile(r"(?<=[到至达为])(?:年|月)?(?:人均|户均|每人每[月年]|每[月年人])$")
_FILLED = re.compile(rf"{piece('head', 'filled')}$")


_THERE_ARE = re.compile(
    r"^(?:全[省市县区州旗盟])?(?:共|还|已|拥|仍|尚)?有(?![效机线色轨偿害毒关意序力限余望所]|[^，]{1,16}(?:的|荣获|入选|获))(?=[\u4e00-\u9fffa-z\d]{2})"
)
"""全县有|规模以上工业企业86家; 有效专利 and 有线电视用户 are names."""
_FOR_WHOM = re.compile(
    rf"^(?:再|还|累计|共)?(?:为|给)(?:各类|广大|全[市县省区])?{piece('head', 'for_whom')}+(?=[\u4e00-\u9fff]{{2}})"
)
"""Whom a sum is for: 为各类市场主体新增减税降费 names 新增减税降费."""


_PEAK = re.compile(r"(?<=最[高低大多长小深])(?:达到?|为|至|突破|超过?)$")
"""水位突破历史极值，最高|达14.73米: 高达 is no word of it."""


_SIGNED = re.compile("[签合条公预节制]约$")
"""项目签约|215个: the 约 of these is not about how many."""


STEPPED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:实现)?(?:年均|连续|接连|先后|历史性|[三四五十]年(?:来|间)?)*(?:连?跨(?:越|过|上)?|迈[上过]|跃[上过]|登上|突破)了?[^，]{0,12}?(?:台阶|大关|关口)$"
)
"""连跨两个万亿元台阶: how far a thing came, no part of its name."""


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
    text = re.sub(r"[仅只](?=占)", "", _PEAK.sub("", text))
    text = re.sub(r"^(?:将|把)(?![于在来])(?=[\u4e00-\u9fff]{4})", "", text)
    while True:
        shorter = _PER_HEAD.sub("", _OF_YEAR.sub("", text)) if not _SPAN.fullmatch(text) else ""
        for key in keys:
            for word in words("predicate", key):
                if shorter.endswith(word) and not _SIGNED.search(shorter):
                    shorter = shorter[: -len(word)]
                    break
        shorter = re.sub(
            r"(?:近|过去|这)?(?<!前)[三四五十]年(?=累计$)", "", _FILLED.sub("", shorter).rstrip("、的 ")
        )
        if head != shorter:
            shorter = _COMPARED_END.sub("", shorter)
        shorter = re.sub(r"(?<=收入|支出|预算)安排$|拟?按(?:安排)?$", "", shorter)  # 赤字率拟按|4%左右|安排
        shorter = re.sub(r"^(?:力争|确保|争取)(?=总量$|总额$|总产值$|总值$)", "", shorter)
        shorter = without_level(SUM_BESIDE.sub("", shorter) if family not in RATES else shorter)
        shorter = STEPPED.sub("", shorter)
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


_CALIBRE = re.compile(
    rf"^{piece('head', 'reckoned')}(?![^，]*后[^，]{{4}})[^，]{{2,24}}(?:后|口径|计算|因素|影响)?$"
)
_STANDARD_CALIBRE = re.compile(
    r"^按(?:照)?(?:(?:不变价格?|可比价格?|现价|可比口径|同口径)(?:计算)?|(?:全?年)?(?:平均)?常住(?:平均)?人口(?:平均)?计算)$"
)


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


_SHORT_NAME = 12
"""A longer subject is what a clause says, not a name to put 最高 behind."""
_MOVED = re.compile(rf"(.+)({piece('head', 'came_about')})")


def read_head(lead: str, value: Quantity, inherited: Subject) -> tuple[str, str]:
    """Subject and measure from the words before a number; the subject may be inherited."""
    stripped = strip_subject(lead, value.family)
    measure = measure_of(lead, value)
    against = AGAINST.search(lead)
    if against and value.family in ("point", "percent", "duration", "times"):
        before = strip_subject(lead[: against.start()]).removesuffix("增速")
        if not (against["word"] or "").startswith("超") or (against["ref"] and value.family == "point"):
            return before or inherited.text, "差距"
    if value.unit in ("位", "名") and stripped.removesuffix("了") in words("predicate", "moved_place"):
        stripped = ""  # 列全省第7位，比上年|前进|4位
    if not stripped or _STANDARD_CALIBRE.match(stripped):
        if value.family == "point" and inherited.share:
            return inherited.share, measure
        if value.family == "percent" and _STRIVEN.fullmatch(lead):
            measure = inherited.measure or measure
        reached = inherited.measure == "增量" and re.search(r"(?:达到?|增至|增加到|已有)$", lead)
        return ADDED.sub("", inherited.text, count=1) if reached else inherited.text, measure
    if inherited.text:
        if (whole := _of_inherited(stripped, value, inherited)) is not None:
            all_there_is = measure == "增量" and stripped in WHOLE and not _GAINED.search(lead)
            measure = "占比" if _TASK.fullmatch(stripped) and measure == "比率" else measure
            return whole, "总量" if all_there_is else measure
        if re.match(rf"{SHARES}|与.+之比$", stripped):
            return _shared(stripped, inherited), "占比"
    if measure == "增量" and len(stripped) > 4 and "分别" not in stripped:
        moved = _MOVED.fullmatch(stripped)
        stripped = f"{moved[2]}{moved[1]}" if moved and without_verb(moved[1]) else stripped
    return without_examples(stripped, value), measure


_STRIVEN = re.compile(r"[、，（]?(?:并|再)?(?:力争|争取|确保|努力|奋力)(?:达到|实现|突破|超过|冲刺)?")
"""增长5.5%以上、|力争|6%: the same growth."""

SHARES = r"(?:大?约|接近|将近|已经?|也|均)?占"
"""占全市的21%, and 约占全国的83% of what was told before."""

_TASK = re.compile(
    rf"(?:超额|仅仅?|只)?(?:完成|占|达到?|为|相当于)?(?P<of>[^，为占]{{0,8}}(?:任务|计划)|{piece('subject', 'budgeted')})"
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
    if named := _measure_of_thing(stripped, value, inherited) or _word_beside(stripped, text):
        return named
    if value.family in RATES and _BARE_RATE.fullmatch(stripped):
        return _rate_of(stripped, inherited)
    return _deed_on(stripped, value, inherited)


_MEASURE_END = re.compile(
    r"(?:播种面积|种植面积|面积|总产|总?产量|总?产值|[出存]栏量?|数量|(?<!电力)(?:发电)?总?装机(?:容量|规模)?"
    r"|(?<!资产)(?:完成)?投资(?:完成)?)$"
)


def _measure_of_thing(stripped: str, value: Quantity, inherited: Subject) -> str:
    """A measure or an investment of the thing told of before: 粮食播种面积…，总产…; "" for any other head."""
    text = inherited.text
    stem, bare = _MEASURE_END.sub("", text), stripped.removeprefix(verb_of(stripped))
    part = regex("head", "measures").fullmatch(bare)
    if part and stem and (stem != text or not inherited.family):
        return re.sub(r"从[^，]{1,4}到[^，]{1,4}$", "", stem) + bare
    if stripped in WHOLE:
        return whole_of(text, stripped) + stripped
    thing = without_examples(_thing_of(text), value)
    put_in = stripped in _INVESTED and re.search(r"(?:项目|工程)$", thing)
    return thing + stripped if put_in and len(_BOUND.sub("", thing)) <= 14 else ""


def _word_beside(stripped: str, text: str) -> str:
    """A bare word of the subject ``text`` before it: 人均, 占比, 最高, 收入比; "" for any other head."""
    if stripped in ("人均", "户均", "亩均"):
        return stripped + text
    if (toll := toll_of(stripped, text)) != stripped:
        return toll
    if stripped in ("占比", "比重"):
        return text if "占" in text or text.endswith("比重") else text + stripped
    if stripped in ("净增", "新增", "增加"):
        return text
    if stripped in ("降幅", "跌幅", "涨幅"):
        return text + stripped  # 下降1.6%，|降幅|比上年收窄7.5个百分点
    if stripped == "投入强度" and (spent := _SPENT_ON.search(text)):
        return f"{text[: spent.start()]}{spent['on']}投入强度"  # 研发经费投入812.6亿元，投入强度由2.06%提高到2.21%
    if re.fullmatch(r"(?:单日)?最[高低大多长小深]", stripped) and len(text) <= _SHORT_NAME:
        return text + stripped
    ratio = stripped in words("head", "income_ratio") and "收入" in text
    return "城乡居民" + stripped if ratio else ""


_SPENT_ON = re.compile(r"(?P<on>(?:经费|资金)?)(?:总?投入(?:强度)?|(?<=经费)支出|(?<=经费))$")


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
    if text.startswith(words("subject", "no_verbs")):
        return text
    for verb in (pattern("subject", "verbs"), ADDED, pattern("subject", "own_verbs")):
        match = verb.match(text)
        if match:
            return text[match.end() :]
    return text


_BOUND = re.compile(r"^.*\d[^，、]*?(?:以上|以下|以内)的?")
_DONE_TO = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?:全年|年内|当年)?(?:已经?|全部|均)?{piece('head', 'done_to')}+$"
)


def _thing_of(text: str) -> str:
    """What a deed is done to, wherever its word stands: 新开工项目 and 项目开工 -> 项目."""
    return _DONE_TO.sub("", without_verb(text))


def _shared(stripped: str, inherited: Subject) -> str:
    """占全市投资比重 of what was told before; a share told already is not told of twice."""
    base = re.sub(rf"{SHARES}.*$", "", inherited.text) or inherited.text
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


def undoing_verb(text: str) -> str:
    """The verb of a clause that does away with things (淘汰, 关停), which all that it lists share; "" for another."""
    match = pattern("subject", "undoing").match(_ADVERBS.sub("", text))
    return match[0] if match else ""


def with_noun(lead: str, value: Quantity, noun: str) -> str:
    """The name when the counted noun stands behind the number: 改造|87个|老旧小区.

    A relative clause or examples before the number tell of the things, and are no part of their name.
    """
    stripped = strip_subject(lead, value.family)
    told = lead.endswith("的") or re.search(r"(?<![高平中同初优])等(?:领域|方面|地)?$", lead)
    return (main_verb(stripped) if told and counted(value) else stripped) + noun


def counted_noun(noun: str) -> str:
    """The noun without the measure or the deed of the number after it.

    4家|国有平台公司总资产|405亿元 counts companies, 10个|实事项目建成|9个 all of the projects, 80台|电梯检测率|96% lifts.
    """
    bare = strip_subject(noun)
    rate = regex("head", "counted_rate").search(bare)
    if rate and rate.start() > 1:
        return bare[: rate.start()]
    if done := _DONE_TO.search(bare):
        return bare[: done.start()]
    for head in (
        "总资产",
        "比例",
        "资产总额",
        "总投资",
        "完成投资",
        "援助资金",
        "帮扶资金",
        *words("subject", "heads"),
    ):
        if len(head) > 1 and bare.endswith(head) and len(bare) - len(head) >= 2:
            return strip_subject(bare.removesuffix(head), "个")
    return bare


def without_level(text: str) -> str:
    """旅游收入均超过疫情前水平 names 旅游收入."""
    return re.sub(r"(?:均|都|全部)?(?:超过|恢复到|高于|好于)[^，、]{0,8}水平$", "", text)
