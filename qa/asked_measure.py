"""The measure and the units of number that a question asks for."""

from __future__ import annotations

import re

from qa.lexicon import pattern, piece, regex, words
from qa.question_times import AGAINST_PLAN, SHARE_DONE, THAN_BEFORE
from qa.text import is_unit, unit_family
from qa.wording import PAST_BOUND, moved

_GAP = re.compile(
    rf"{piece('asked', 'against_nation')}(?P<than>全[国区省市])(?:平均)?(?:水平)?(?:高|低|快|慢|多|少|\D{{0,4}}(?:多少|几))"
    r"|(?:跑赢|跑输)(?P<beaten>全[国区省市])"
    rf"|{AGAINST_PLAN.pattern}"
)


_GROWN = re.compile(
    rf"{THAN_BEFORE.pattern}[^，。]{{0,4}}[高低多少](?:[\u4e00-\u9fff]{{0,2}}?了?(?:多少|几)|了|出)"
)
"""By how much something changed within a year, in other words: 比上年高多少."""


_POINTS = re.compile(r"(?:几|多少)个?(?:百分)?点")
"""Points are what a growth or a share moved by, told apart by their unit."""


ORDINAL = re.compile(
    r"几(?P<of>连[冠升增降a]|(?<=第几)[届次批期轮代版个]|(?<![哪分成为]几)类(?=水|了?[呢啊]?(?:[，。？?\s]|$)))"
)
"""第几届, 几连冠, 水质几类: answered by 第十届, 十连冠 and Ⅲ类 in a sentence, never by a rank or a count."""


def measure_asked(question: str) -> str:
    """ "amount", "growth", "rank", "share" or "" when the question leaves it open."""
    if SHARE_DONE.search(question):
        return "share"
    gap = _GAP.search(question)
    question = re.sub(r"增长的?(?=贡献)", "", question)  # 对经济增长的贡献率 is no growth
    question = regex("growth", "deed").sub("", question)
    if ORDINAL.search(question):
        return "ordinal"
    if _GROWN.search(question) and not _POINTS.search(question):
        return "growth"
    if gap:
        return "gap" + (gap["than"] or gap["beaten"] or gap["plan"])
    if pattern("rank", "ask").search(question) and re.search(r"第几|排|位次|名次|rank", question):
        return "rank"
    if re.search(
        r"占比|比重(?!庆)|占.{0,12}(?:多少|多大|几成|几分之|百分之|的比例)|比例是|份额|完成了?[^，。]{0,6}的(?:多少|几成|百分之)",
        question,
    ):
        return "share"
    if _REACHED.search(question):
        return ""
    amount = pattern("amount", "ask").search(question)
    growth = pattern("growth", "ask").search(question) or moved().search(question)
    if (
        amount
        and growth
        and (amount[0] == "how much" or _NAMED.fullmatch(question[amount.end() : growth.start()]))
    ):
        return "growth"
    if amount:
        return "amount"
    return "growth" if growth else ""


_NAMED = re.compile(rf"的?{piece('asked', 'before_growth')}*")
"""Between an amount and its growth: in 成交金额增长多少 the 金额 is what grew."""


_REACHED = re.compile(rf"{piece('asked', 'reached')}(?:到|至)了?(?:多少|几)")
"""涨到多少 asks what was reached, an amount or a rate."""


_UNIT_ASKED = re.compile(
    r"(?:多少|(?<![哪第这那])几)(?:多)?(?P<unit>(?:万亿|亿|万|千)?(?:(?!多少|几)[\u4e00-\u9fff%]){0,4})"
)


_SUM = re.compile(
    r"(?:^|[，；、\s])的?(?:总的?)?(?:总额|金额|总金额)(?:一?共|合计|总共)?(?:(?:是|有|达|为)?(?:多少|几)|呢)"
)
"""总额多少, as a question of its own: a sum of money."""


_HOW_LONG = re.compile("(?<!还[有要])(?<!还得|还需)(?:多久|多长时间)")
"""连续增长了多久, but not 还要多久."""


_LENGTH = re.compile("(?<!还)(?<!还有)多长(?!时间|期|远)")
"""公路一共多长: kilometres."""
_NUMBER_OF = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?<![几两一二三四五六七八九十百])([个件户家项套座宗])数(?![据字值控量码智学])(?![^，。；]{0,12}?(?:[增升降减涨][长加高低幅速少]?了?(?:是|为)?(?:多少|几)|变化))"
)
"""办理件数 asks for a number of 件; 案件数降了多少 does not."""


_COUNTED_PLACES = re.compile(rf"几(?:个|座)?{piece('asked', 'counted_places')}|[这近过去前最]几年")
"""几个市 counts no values, nor does 这几年."""


_POINTS_SINCE = re.compile(
    r"(?:增速|增幅|降幅|涨幅|率|比重|占比|比例|强度)[^，。；]{0,6}[比较]"
    rf"(?:去年|上一?年|前年|[前头]一年|{piece('time', 'year_part')})[^，。；]{{0,8}}?"
    rf"(?:{_POINTS.pattern}|[快高]了?(?:还是|没)[慢低快高]|(?:扩大|收窄|回落|放缓|加快)了?(?:还是|没有?|吗))"
)
"""By how much a growth or a rate itself moved: 增速比一季度快几个点, 城镇化率比上年提高几个百分点."""


def families_asked(question: str) -> tuple[str, ...]:
    """Unit families named after 多少 and 几, or by a bound: 多少家 -> 家, 多少亿元 and 破万亿没有 -> money."""
    if _POINTS_SINCE.search(question):
        return ("point",)
    if re.search(r"(?:几|多少)个(?:百分)?点|多少(?:百分)?点|百分之几|百分之多少", question):
        return ("percent", "point")
    found = []
    asked = _COUNTED_PLACES.sub(" ", question)
    units = [match["unit"] for match in _UNIT_ASKED.finditer(asked.replace("块钱", "元"))]
    units += _NUMBER_OF.findall(asked)
    bound = PAST_BOUND.search(question)
    for said in (*units, (bound["unit"] or bound["said"] or "") if bound else ""):
        if said.startswith(words("question", "whole_things")) and said[0] != "人":
            continue  # 多少床位 counts nothing in 床
        for length in range(len(said), 0, -1):
            if is_unit(said[:length]) and not said.startswith("块钱"):
                found.append(unit_family(said[:length]))
                break
        if said.lstrip("千百").startswith(("钱", "块钱", "资金", "亿", "万亿")) and "money" not in found:
            found.append("money")
    if not found and _SUM.search(question):
        found.append("money")
    if not found and _HOW_LONG.search(question):
        found.append("duration")
    if not found and _LENGTH.search(question):
        found.append("length")
    return tuple(dict.fromkeys(found))
