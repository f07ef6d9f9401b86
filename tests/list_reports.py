"""Two years of an invented county and a report of an invented city that set their lists in many ways."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from shelf_reports import Shelf, shelf_of

YUNXI_2031 = """云溪县政府工作报告
——2031年1月20日在云溪县第十六届人民代表大会第六次会议上
云溪县县长 陈致远

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，地区生产总值完成98.6亿元，增长2.1%。一年来，重点做了三项工作：①加快复工复产。②补齐设施短板，新建农村公路112公里。③改善民生，新增学位2100个。

这些成绩的取得，得益于“四个始终”：始终坚持党的领导，始终坚持人民至上，始终坚持实干担当，始终坚持团结奋斗。

成绩面前，我们深知还有不少差距：产业支撑不强；财政增收困难；公共服务不均衡。

二、今后五年发展目标

今后五年，我们将全力建设“三个云溪”：

——建设实力云溪。地区生产总值突破150亿元。

——建设生态云溪。森林覆盖率稳定在71%以上。

——建设幸福云溪。居民人均可支配收入年均增长8%。

三、2031年重点工作

重点抓好三个方面工作：

（一）聚力产业升级。实施“一年打基础、三年见成效、五年上台阶”行动。壮大工业园区，新建标准厂房8万平方米。引进亿元以上项目12个。

（二）聚力乡村振兴。抓好“山上有林、田里有粮、家中有产”建设。实施农村“五改”，改水、改厕、改路、改电、改房同步推进。

（三）聚力民生改善。今年办好四件民生实事：1.新建幼儿园1所；2.改造老旧小区15个；3.新建敬老院2所；4.送戏下乡160场。

四、加强政府自身建设

园区是经济发展的主战场，政府是改革创新的主力。新征程对政府工作提出了更高要求。

坚持党建引领。深入学习党的创新理论。

坚持依法行政。办理人大代表建议98件。

坚持从严治政。“三公”经费压减5%。

各位代表，让我们奋勇前进！
"""

YUNXI_2032 = """云溪县政府工作报告
——2032年1月18日在云溪县第十七届人民代表大会第一次会议上
云溪县县长 陈致远

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2031年工作回顾

2031年，地区生产总值完成107.9亿元，增长8.3%。

——产业转型迈出新步伐。新增规上企业11家。

——乡村振兴取得新成效。新建茶园1.05万亩。

——民生事业实现新进步。新增学位900个。

二、2032年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长7%。

（一）激发消费活力。发放消费券500万元。建设县域商业中心2个。

（二）办好民生实事。今年办好四件民生实事：1.新建小学1所；2.改造危房180户；3.新建卫生室14个；4.送戏下乡170场。

各位代表，让我们一起向未来！
"""


@cache
def lists_shelf() -> Shelf:
    """Both reports, loaded by the real steps of ingest."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / "2031_云溪县.txt", Path(folder) / "2032_云溪县.txt"]
        for path, text in zip(paths, (YUNXI_2031, YUNXI_2032), strict=True):
            path.write_text(text, encoding="utf-8")
        return shelf_of(paths)


def bullets(question: str) -> list[str]:
    """The items of the answer, as far as their markers."""
    lines = lists_shelf().ask(question).done.answer.splitlines()
    return [line[2:].partition("【")[0] for line in lines if line.startswith("- ")]
