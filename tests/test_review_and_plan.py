"""Questions on several things or times at once: each part is answered, none stands for another."""

from words_reports import answer


def test_two_things_in_review_and_plan():
    said = answer("岚山的东湖航空物流园和南江货运码头，去年各走到哪一步，今年怎么安排？")
    assert "东湖航空物流园完成主体工程，南江货运码头获批立项" in said
    assert "加快东湖航空物流园招商，推进南江货运码头开工" in said


def test_thing_of_one_time_only_is_not_given_for_both():
    assert "首届" not in answer("岚山的红叶镇去年做到哪一步，今年怎么安排？")


def test_two_lists_in_one_question_are_both_given():
    said = answer("岚山去年哪个镇入选全国特色小镇，哪个镇评上省级“一镇一品”示范镇？")
    assert "青石镇入选全国特色小镇" in said
    assert "红叶镇获评省级“一镇一品”示范镇" in said


def test_part_without_a_time_is_answered_at_the_other_time():
    said = answer("岚山的惠农贷款去年发放多少？今年发放多少？社区食堂开了几个？")
    assert "12亿元" in said
    assert "15亿元" in said
    assert "36个" in said
