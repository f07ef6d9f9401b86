"""What reports and users write in many ways, in the one form that the names of indicators have."""

from __future__ import annotations

import re

_SHARE_OF_GDP = re.compile(
    r"(?:占|相当于|与)(?:同期)?(?:全[国省市区县州])?(?:地区|国内)?(?:生产总值|gdp)的?"
    r"(?:比重|比例|之比|比值|比率|百分比|份额|(?=多少|百分之[几多]|[几多]少?成|几分之|多大))"
)
"""占GDP的比重, and 占GDP多少, 相当于GDP的百分之几, which ask for it."""


_INCOME_RATIO = re.compile(
    r"城乡(?:居民)?(?:人均)?(?:可支配)?收入比"
    r"(?=$|[\s是为要将的，。？、和与及目现达到在比哪]|(?:20\d\d年|[去今]年|现在|目前)(?!的?(?:[增高多少低扩缩]|提高|下降)))"
)
"""城乡居民收入比上年增长 is none."""


def in_one_form(folded: str) -> str:
    """What is written in many ways in the one form that the names of indicators have: 相当于全市生产总值的比例, R&D经费."""
    research = _RESEARCH.sub("研发", folded).replace("研发经费内部支出", "研发经费支出")
    return _INCOME_RATIO.sub("城乡居民收入比值", _SHARE_OF_GDP.sub("占地区生产总值比重", research))


_RESEARCH = re.compile(
    r"(?:研究与试验发展(?:（r&d）)?|研究与试验发展活动|r&d)(?:活动)?(?=经费|投入|支出|强度)"
)


_PART_OF_GDP = re.compile(
    r"(?:预计|大?约|已)?(?:占|相当于)到?(?P<whole>(?:同期)?(?:全[国省市区县州])?(?:地区|国内)?(?:生产总值|gdp))$"
)
"""What is told to be 2.1% of it: 研发经费支出占地区生产总值|的2.1%."""


def with_share(name: str) -> str:
    """A name that ends in the whole of which it tells a part, with the word for the share: 研发经费支出占GDP is 研发经费支出占GDP比重."""
    return _PART_OF_GDP.sub(r"占\g<whole>比重", name)
