"""A report of an invented city that tells its honours, events and projects scattered over paragraphs, and one beside it."""

from __future__ import annotations

import re
from functools import cache

from shelf_reports import Shelf, shelf_of_texts

LANSHAN = """岚山市政府工作报告
——2031年1月20日在岚山市第五届人民代表大会第六次会议上
岚山市市长 陈致远

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

地区生产总值完成980.6亿元，增长5.1%。白茶产业产值首次突破80亿元。陶瓷、竹木产业产值分别增长6.2%、7.3%。

全省特色农业现场推进会在我市召开。环江毛南族自治县获评国家卫生县城，青石镇入选全国特色小镇，红叶镇获评省级“一镇一品”示范镇。

旅客吞吐量首次突破90万人次。成功举办第四届岚山山地马拉松、第二届白茶博览会。岚山师范学院更名获批。环江毛南族自治县入选全省改革试点县。

东湖航空物流园完成主体工程，南江货运码头获批立项。发放惠农贷款12亿元，开设社区食堂36个。

二、2031年工作安排

推行以商招商、基金招商、驻点招商。推进数据共享、流程再造、窗口整合“三项改革”。

力争白茶产业实现规上工业产值90亿元，力争陶瓷产业实现规上工业产值60亿元，新增规上企业20家。

办好第五届岚山山地马拉松、首届竹木家具展。打造全天候预警平台、全链条监管队伍。

加快东湖航空物流园招商，推进南江货运码头开工。发放惠农贷款15亿元。

各位代表，让我们奋勇前进！
"""

HECHUAN = """禾川市政府工作报告
——2031年1月18日在禾川市第五届人民代表大会第六次会议上
禾川市市长 李明

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

承办第一届全省职工（技能）大会焊工比赛。荣获全国双拥模范城称号。

二、2031年工作安排

支持禾川学院申报硕士学位授权单位。

各位代表，让我们奋勇前进！
"""


@cache
def words_shelf() -> Shelf:
    """Both reports, loaded by the real steps of ingest."""
    return shelf_of_texts({"2031_岚山市": LANSHAN, "2031_禾川市": HECHUAN})


def answer(question: str) -> str:
    """The answer without its markers."""
    return re.sub(r"【\d+】", "", words_shelf().ask(question).done.answer)


def bullets(question: str) -> list[str]:
    """The items of the answer without their markers."""
    return [line[2:] for line in answer(question).splitlines() if line.startswith("- ")]
