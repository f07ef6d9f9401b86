"""Answers from reports that are written otherwise: 繁體, 「」, 百分之, and no heading above a numbered one."""

from shelf_reports import answers_from, shelf_of_texts

from qa.lists import heading_runs

TRADITIONAL = """政府工作報告
——2031年1月15日在雲嶺縣第五屆人民代表大會上
縣長　林知遠

各位代表：

一、2030年工作回顧

地區生產總值增長百分之六點三。市區空氣質量優良率98.9%，在全國168個重點城市排第16位、省會城市排第6位。為34.36萬人次提取公積金11.83億元人民幣。實施「三清」行動，即清垃圾、清水塘、清溝渠。

二、2031年工作安排

地區生產總值增長百分之六以上。
"""


def test_answers_from_a_report_in_traditional_characters():
    answer = answers_from({"2031_云岭县": TRADITIONAL})
    assert "縣長林知遠" in answer("云岭县的政府工作报告是谁作的？")
    assert "增長百分之六點三" in answer("云岭县去年GDP增长多少？")
    assert "百分之六以上" in answer("云岭县今年GDP目标")
    assert "省會城市排第6位" in answer("云岭县空气优良率在省会城市排第几？")
    assert "34.36萬人次提取公積金11.83億元" in answer("云岭县去年有多少人次提取公积金，提了多少钱？")
    listed = answer("云岭县的“三清”是哪三清？")
    assert [name in listed for name in ("清垃圾", "清水塘", "清溝渠")] == [True] * 3


NO_HEADING = """政府工作报告
各位代表：
现在，我代表市人民政府向大会报告政府工作，请予审议。
过去一年，全市上下齐心协力，地区生产总值增长4.1%，各项工作都有了新的进展，群众看得见，摸得着。
今年是规划的最后一年，做好今年的工作意义重大，我们要坚定信心，真抓实干，地区生产总值增长6%。
（一）加强政治建设
坚持学习不放松，把各项要求落到实处，让群众满意，让各方放心。
（二）加强法治建设
坚持依法行政，规范执法，接受各方面的监督，让群众满意，让各方放心。
"""


def test_plan_without_headings_of_its_own_is_told_from_the_review():
    answer = answers_from({"2031_云岭市": NO_HEADING})
    assert "4.1%" in answer("云岭市去年GDP增长多少？")
    assert "6%" in answer("云岭市今年GDP目标是多少？")


def test_numbered_headings_without_one_above_are_a_list():
    shelf = shelf_of_texts({"2031_云岭市": NO_HEADING})
    (run,) = heading_runs("2031-云岭市", shelf.paragraphs("2031-云岭市"))
    text = shelf.text("2031-云岭市")
    assert [text[item.start : item.end] for item in run] == ["（一）加强政治建设", "（二）加强法治建设"]
