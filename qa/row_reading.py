"""A group of numbers -> the name and the measure that the words before and behind it give it."""

from __future__ import annotations

import re

from qa.clauses import TITLED, Group, verb_of
from qa.indicator_names import canonical
from qa.lexicon import pattern, piece, regex, words
from qa.predicates import ADDED, LEAD
from qa.subjects import (
    LEVEL,
    WHOLE,
    Subject,
    counted,
    counted_noun,
    ends_in_predicate,
    main_verb,
    read_head,
    strip_subject,
    undoing_verb,
    with_noun,
    without_examples,
    without_verb,
)
from qa.text import Quantity

_CAME_TO = re.compile("，?(?:总量)?(?:达到?|增?至|增加到)")
"""Between a growth and what it came to: 增长12.6%|达|92.9亿元."""


_CAME_TO_NOW = re.compile("(?:面积|总数|总量|保有量|规模)(?:已)?(?:达到?|增至|增加到)$")
"""What all there is came to."""


_ALSO_DONE = regex("row", "also_done")
"""What else was done is not of a length or an area: 15公里|农村公路新改建|和大桥改扩建."""
_SPENT = re.compile(r"(?:专项|主要|全部|重点)*(?P<use>用于[^，、；。]{2,16})")


_ALLOTTED = re.compile(r"(?:安排|投入|列支|拨付|统筹|下达|筹措|争取)$")
"""安排5600万元用于县第二中学改扩建: what a sum is for tells it from other sums."""


def _put_to_use(stripped: str, lead: str, inherited: Subject) -> str:
    """What a sum that is used for something is of: what is done with it, else what was told of before (其中8800亿元用于…)."""
    whole = inherited.text.partition("用于")[0]
    if not stripped or stripped.startswith("用于"):
        allotted = _ALLOTTED.search(lead)
        return whole or verb_of(lead) or (allotted[0] if allotted else "")
    return stripped


def reading_of(lead: str, group: Group, inherited: Subject) -> tuple[str, str, bool]:
    """Name and measure of a group, and whether the name is its own."""
    first = group.values[0]
    stripped = strip_subject(lead, first.family)
    name, measure = read_head(lead, first, inherited)
    if measure == "增量" and _CAME_TO.fullmatch(group.head):
        measure = "总量"
    own = bool(stripped) and name != inherited.text
    more = (
        bool(inherited.text) and name.startswith(inherited.text) and not stripped.startswith(inherited.text)
    )
    own = own and not more
    used = re.match(r"用于[^，、；。]{1,10}", group.tail)
    if used and first.family in ("percent", "fraction", "tenth"):
        return stripped + used[0], "占比", True
    spent = _SPENT.match(group.tail) if first.family == "money" else None
    if spent and (deed := _put_to_use(stripped, lead, inherited)):
        return f"{deed}{spent['use']}", measure, True
    if thing := _thing_of_size(stripped, group):
        return f"{thing}{stripped}", measure, True
    if group.noun and (not ends_in_predicate(lead, first.family) or (LEAD.sub("", lead) == "为")):
        noun = counted_noun(group.noun) if group.counted_later and counted(first) else group.noun
        also = _ALSO_DONE.match(noun) if first.family in ("length", "area") else None
        noun = also["first"] if also else noun
        name, own = with_noun(lead, first, noun), True
    if group.joined and own and stripped not in WHOLE:
        verb = main_verb(inherited.text) or undoing_verb(inherited.text)
        name = _of_thing(_of_deputies(name, inherited.text), inherited.text)
        if verb and not (main_verb(name) or undoing_verb(name)) and not _has_own_predicate(name, lead, first):
            name = verb + name
            measure = "增量" if measure == "总量" and ADDED.match(verb) else measure
    beside = "其中" in group.head or group.joined
    if own and beside and first.unit in _HERDS and (kept := _HERD.search(inherited.text)):
        name = name if _HERD.search(name) or main_verb(name) else name + kept[0]
    among = "其中" in group.head and measure == "总量" and inherited.measure == "增量"
    among = among and not _CAME_TO_NOW.search(lead)  # 新增果园28万亩，其中蓝莓面积达到15万亩
    if among and inherited.family == first.family:
        measure, verb = "增量", main_verb(inherited.text)
        plain = own and not main_verb(name) and not canonical(name)
        if ADDED.match(verb) and plain and not _has_own_predicate(name, lead, first):
            name = verb + name  # 新建改建公路286公里，其中国省干线64公里
    if (
        not own
        and (title := TITLED.match(group.tail))
        and counted(first)
        and first.family == inherited.family
    ):
        thing = re.split(piece("row", "titled"), inherited.text)[0]
        return without_verb(without_examples(thing, first)) + title[0], "总量", True
    level = LEVEL.match(name) if stripped not in WHOLE else None
    if level and (_is_level_beside(first, inherited) or _is_listed_on(name, lead, group, inherited)):
        name, measure = main_verb(inherited.text) + name, "增量"
    return name, measure, own


_SIZE, _WENT_ON = regex("row", "size"), regex("row", "went_on")


def _thing_of_size(stripped: str, group: Group) -> str:
    """The thing whose size stands before it: 总投资|500亿元|的晋北新能源基地加快建设; "" where none is named."""
    if not group.tail.startswith("的") or not _SIZE.fullmatch(stripped):
        return ""
    thing = _WENT_ON.split(group.noun)[0]
    return thing if len(thing) >= 4 and not re.search(r"\d|的|等", thing) else ""


_HERD = re.compile("[存出]栏$|出笼$")


_HERDS = frozenset(
    {f"{many}{unit}" for many in ("", "万", "亿") for unit in ("头", "只", "羽", "头只", "头（只）")}
)
"""Units of animals, which are kept or sold: 牲畜存栏286万头，其中肉牛|19万头."""


_MEASURED = re.compile(rf"(?:综合|总|全产业链)*{piece('head', 'bare_measure')}$")


def _of_thing(name: str, told: str) -> str:
    """猕猴桃综合产值增长8%、出口增长53%: the exports are of the fruit too; of a statistic nothing is taken over."""
    thing = _MEASURED.sub("", told)
    bare = name in words("head", "bare_measure") and not canonical(told)
    return thing + name if bare and thing not in ("", told) else name


def _of_deputies(name: str, told: str) -> str:
    """办理代表议案7件、建议278件: the proposals are the deputies' too."""
    papers = words("head", "sessional")
    return told[:-2] + name if name in papers and told[-2:] in papers else name


def _is_level_beside(value: Quantity, inherited: Subject) -> bool:
    """新增国家级企业4家，省级12家: the same of another level."""
    alike = inherited.measure == "增量" and inherited.family == value.family
    return alike and bool(LEVEL.search(inherited.text))


def _is_listed_on(name: str, lead: str, group: Group, inherited: Subject) -> bool:
    """Whether a list of what was added goes on behind a comma: 新增企业41家、“小巨人”1家，省级平台6个."""
    verb, value = main_verb(inherited.text), group.values[0]
    listed = bool(verb and inherited.before) and main_verb(inherited.before[-1][0]) == verb
    bare = not (main_verb(name) or value.comparator or ends_in_predicate(lead, value.family))
    return inherited.measure == "增量" and listed and bare and counted(value) and not group.joined


_YIELDS = ("出栏", "存栏", "出栏量", "存栏量", "产量", "总产")
"""What a year yields, which nothing is added to: 新增基地3万亩、肉牛存栏5万头."""


def _has_own_predicate(name: str, lead: str, value: Quantity) -> bool:
    """Whether a member of an enumeration of deeds says itself what is done: 新增工厂80家、|机器人产量突破5000台."""
    reached = value.comparator.startswith("突破") or ends_in_predicate(lead, value.family)
    told = (reached and name.endswith(words("subject", "heads"))) or name.endswith(_YIELDS)
    return told or bool(pattern("subject", "own_verbs").match(name))
