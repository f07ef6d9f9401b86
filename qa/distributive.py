"""分别: values dealt out over several subjects or reference points, and short members made complete."""

from __future__ import annotations

import re
from functools import cache

from qa.clauses import Group, verb_of
from qa.indicator_names import canonical, indicators_in, sibling
from qa.lexicon import indicators, piece, regex, words
from qa.opposed import sides
from qa.places import gazetteer
from qa.predicates import AGAINST
from qa.subjects import Subject, strip_subject, toll_of
from qa.text import whole_number


def deal(lead: str, name: str, measure: str, group: Group, inherited: Subject) -> list[tuple[str, str]]:
    """One (indicator, measure) per value of a group.

    Several subjects: "城镇、农村居民人均可支配收入分别增长3.8%、7.3%". Several reference points: "分别高于
    全国、全区0.9、2个百分点". When the numbers of parts and values differ, all values keep the whole subject.
    """
    count = len(group.values)
    if measure == "差距":
        match = AGAINST.search(lead)
        word = (match["word"] or match["short"] + "于").replace("超过", "超出") if match else ""
        refs = _parts(match["ref"] or match["than"]) if match else []
        refs = refs if len(refs) == count else ["、".join(refs)] * count
        return [(name, f"{word}{ref}") for ref in refs]
    if count == 1:
        return [(name, measure)]
    compared = re.search(r"(?:比|较)(?P<ref>[^，]+?)分别", lead)
    if compared and len(_parts(compared["ref"])) == count:
        return [(name, f"比{ref}{measure}") for ref in _parts(compared["ref"])]
    parts = _listed(name, count)
    if len(parts) == count and inherited.text and (named := indicators_in(inherited.text)):
        siblings = [None if canonical(part) else sibling(part, named[-1]) for part in parts]
        if all(siblings):
            return [(str(one), measure) for one in siblings]
    if "分别" in name and (each := _each(name, count)):
        return [(one, measure) for one in each]
    if len(parts) == count:
        return [(one, measure) for one in _complete(parts)]
    last = [text for text, _ in inherited.before] + [inherited.text]
    if (
        name == inherited.text
        and "分别" in lead
        and len(last) >= count
        and len(_parts(inherited.text)) != count
    ):
        return [(one, measure) for one in last[-count:]]
    earlier = _listed(inherited.text, count)
    if len(earlier) == count:
        own = "" if name == inherited.text else name.removeprefix("分别")
        return [(one + own, measure) for one in _complete(earlier)]
    return [(name, measure)] * count


def each_of(lead: str, name: str) -> list[str]:
    """新增备案基地、示范区各6个: the things that each have the number; [] without 各 or with one thing."""
    parts = _parts(name) if lead.endswith("各") else []
    verb = verb_of(parts[0]) if len(parts) > 1 else ""
    return (
        [verb + part if i and not verb_of(part) else part for i, part in enumerate(parts)]
        if len(parts) > 1
        else []
    )


def jointly(name: str, measure: str) -> list[str]:
    """工业投资、民间投资增长6%: the statistics that each grow so; [] for one, and for an amount that they have together."""
    parts = _parts(name) if measure in ("增速", "降幅") and not canonical(name) else []
    named = _complete(parts) if len(parts) > 1 else []
    return named if all(map(canonical, named)) else []


def _each(name: str, count: int) -> list[str]:
    """柳塘镇、青坪乡分别建成油茶基地: each of the subjects with what they all did; [] if they do not match."""
    before, _, after = name.partition("分别")
    parts = members(before, count)
    if not parts:
        return []
    did = strip_subject(after, "个")
    return [did + part for part in parts] if did == verb_of(did) else [part + did for part in parts]


def members(name: str, count: int) -> list[str]:
    """The ``count`` subjects that a name lists, each complete; [] if it lists more or fewer."""
    listed = _listed(name, count)
    return _complete(listed) if len(listed) == count > 1 else []


def _parts(text: str) -> list[str]:
    """Members of a list; brackets are no place to cut (县（市、区）)."""
    whole = re.sub(r"（[^）]*）", lambda m: m[0].replace("、", "\ue000"), text)
    return [part.replace("\ue000", "、") for part in re.split(r"、|以及|和|及|与", whole) if part]


def _listed(text: str, count: int) -> list[str]:
    """``count`` members of a list: cut at 、 alone where that fits, for 和 may stand inside a member."""
    outer = [part for part in text.split("、") if part]
    if len(outer) == count and "（" not in text:
        return outer
    for bundle in words("subject", "bundles"):
        name, _, members = bundle.partition("=")
        if name in text and len(members.split("、")) == count:
            before, _, after = text.partition(name)
            return [before + member + after for member in members.split("、")]
    return _parts(text)


def _complete(parts: list[str]) -> list[str]:
    """Give each subject the words that only the last one carries, or the first: 城镇|农村居民…收入 -> 城镇居民…收入."""
    if used := _per_output(parts):
        return used
    first_verb = verb_of(parts[0])
    counted = _COUNTED_KIND.match(parts[-1])
    if counted and whole_number(counted["many"].replace("两", "二")) == len(parts):
        return [stem + counted["kind"] for stem in (*parts[:-1], counted["stem"])]
    shared = _shared_tail(parts)
    full = []
    for i, part in enumerate(toll_of(part, parts[0]) for part in parts):
        ordinal = re.match(r"第?([一二三])(?:次?产业?)?$", part)
        head = any(part.endswith(word) and len(part) > len(word) for word in words("subject", "heads"))
        head = head or (len(part) > 3 and part[-2:] == parts[-1][-2:]) or bool(_PLACE_END.search(parts[-1]))
        complete = i == len(parts) - 1 or head or (bool(canonical(part)) and not is_twin(part, parts[-1]))
        done = (
            f"第{ordinal[1]}产业{shared}"
            if ordinal and i < len(parts) - 1
            else part
            if complete
            else part + shared
        )
        done = re.sub(r"^([一二三])次?产业?(?=增加值|对)", r"第\1产业", done)
        full.append(first_verb + done if i and first_verb and not verb_of(done) else done)
    return _per_head(full)


_PER_HEAD = re.compile(
    r"每(?:[十百千万]+|\d+万?)(?:个|名|位)?(?:常住)?(?:人口?(?!才)|户|老年?人|儿童|学生)?(?:拥有|的)?|[人户亩地]均"
)
_PER_OUTPUT = re.compile(
    rf"(?:单位|万元)(?:(?:地区|国内)?生产总值|gdp|(?:规模以上)?工业增加值)(?={piece('row', 'used_up')})"
)


def _per_head(parts: list[str]) -> list[str]:
    """每千人托位|养老床位数 -> 每千人托位|每千人养老床位数; a member that says its own is left."""
    per = _PER_HEAD.match(parts[0])
    if not per or per[0] == parts[0] or any(re.match(r"每|[人户亩地]均", part) for part in parts[1:]):
        return parts
    return [parts[0], *(per[0] + part for part in parts[1:])]


def _per_output(parts: list[str]) -> list[str]:
    """单位生产总值用水量|能耗|二氧化碳排放量: all are used up for it; [] where one of them is not."""
    per = _PER_OUTPUT.match(parts[0])
    used = re.compile(piece("row", "used_up"))
    return (
        [parts[0], *(per[0] + part for part in parts[1:])]
        if per and all(map(used.fullmatch, parts[1:]))
        else []
    )


_COUNTED_KIND = re.compile(
    r"(?P<stem>.{2,}?)等?(?P<many>[两二三四五六七八九十])(?:大|个|类|条)[^，、]{0,8}?(?P<kind>(?:产业集群|产业链|产业|集群|行业|板块|领域|行政区|[县区市镇乡](?![\u4e00-\u9fff]*区)|街道|园区).*)$"
)
"""装备制造三大主导产业产值, the last of three: what all of them are stands behind their number."""


def is_twin(part: str, last: str) -> bool:
    """进口|出口通关时间: the last begins with the other side of the same axis, and goes on to something else."""
    twin = next((axis for axis, _ in sides(part)), "")
    begun = last[: len(part)]
    return bool(
        twin and sides(begun) - sides(part) and {a for a, _ in sides(begun)} == {twin}
    ) and not canonical(last)


_SHORT = 6
"""Longest member of a list that may be only the beginning of a name; a longer one is a name."""
_PLACE_END = re.compile(r"(?:[镇乡县州]|街道|[园片新郊开发验范]区|全[国省市区县州盟旗])$")


_GROWN = re.compile(r"(?:种植|播种)?面积$|产[量值]$|[出存]栏量?$")


_SHARED_SHARE = re.compile(rf"{piece('row', 'shared_measure')}?占.+$")


@cache
def _named_places() -> frozenset[str]:
    """The names of all places, whole and short."""
    return frozenset(name for place in gazetteer() for name in (place.name, place.short))


def _shared_tail(parts: list[str]) -> str:
    last = parts[-1]
    if aged := re.match(r"\d+周?岁(?:及|（含）)?以[上下](?P<tail>.+)$", last):
        tail = aged["tail"]
        return next((tail[cut:] for cut in range(len(tail), 0, -1) if parts[0].endswith(tail[:cut])), tail)
    ordinal = re.match(r"第?[一二三](?:次?产业?|(?!氧))(?P<tail>.*)$", last)
    if ordinal:
        return ordinal["tail"]
    if all(part in _named_places() for part in parts[:-1]):  # 广州、深圳|地铁线网单日最高客运量
        lengths = (n for n in range(len(last) - 2, 1, -1) if last[:n] in _named_places())
        if begun := next(lengths, 0):
            return last[begun:]
    for cut in range(1, len(last) - 1):  # 养老、失业、工伤|保险参保人数; 工业、制造业、工业技改|投资
        names = [part + last[cut:] for part in parts[:-1]]
        if last not in names and any(map(canonical, names)):
            return last[cut:]
    share = _SHARED_SHARE.search(last)
    if share and share.start() and "占" not in "".join(parts[:-1]):
        return share[0]
    place = re.match(r".{1,8}?(?:[镇乡县州]|街道|[园片新城郊开发验范]区)(?P<tail>.+)$", last)
    if place and all(_PLACE_END.search(part) for part in parts[:-1]):
        return place["tail"]
    spread = re.match(r".{1,8}?(?P<tail>(?:产业|行业|居民|两级).*)$", last)
    if spread and not any(word in "".join(parts[:-1]) for word in ("产业", "行业", "居民")):
        return spread["tail"]
    if rate := regex("head", "bare_rate").search(last):  # 人大代表建议、政协提案|满意率
        return rate[0] if rate.start() else ""
    for name in sorted((*indicators(), *words("subject", "heads")), key=len, reverse=True):
        if last.endswith(name) and len(last) > len(name):
            grown = _GROWN.search(name)  # 毛竹、油茶、高山|蔬菜种植面积 share no 蔬菜
            return grown[0] if grown else name
    cut = min(len(part) for part in parts[:-1])
    return last[cut:] if cut <= _SHORT else ""
