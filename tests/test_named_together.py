"""Several counted things that share what they were named: 4个镇、40个村获评示范."""

import pytest
from shelf_reports import shelf_of_texts

REPORT = """{place}政府工作报告
——2031年1月10日在{place}第八届人民代表大会第四次会议上
{place}市长 林若溪
各位代表：
一、2030年工作回顾
{done}
二、2031年工作安排
加快发展。
"""
SHELF = shelf_of_texts(
    {
        "青禾市政府工作报告（2031年）": REPORT.format(
            place="青禾市",
            done="4个镇、40个村获评省级文化旅游示范。5所学校、2个社区被评为全国文明单位。夺取金牌48枚。",
        ),
        "云汐市政府工作报告（2031年）": REPORT.format(
            place="云汐市",
            done="3个县、12个乡镇和86个村入选省级乡村治理示范。孙小满等云汐籍优秀运动员参加全国大赛夺得金牌75枚。",
        ),
    }
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青禾市有多少个镇获评文化旅游示范？", "2030年，青禾市有4个镇获评省级文化旅游示范【1】。"),
        (
            "青禾市有多少个镇、多少个村拿到文化旅游示范的牌子？",
            "2030年，青禾市有4个镇获评省级文化旅游示范【1】，有40个村获评省级文化旅游示范【2】。",
        ),
        ("青禾市多少所学校被评为文明单位？", "2030年，青禾市有5所学校被评为全国文明单位【1】。"),
        ("云汐市几个乡镇入选乡村治理示范？", "2030年，云汐市有12个乡镇入选省级乡村治理示范【1】。"),
    ],
)
def test_each_is_told_with_what_it_was_named(question: str, answer: str) -> None:
    assert SHELF.ask(question).done.answer == answer


def test_another_counted_thing_is_no_answer() -> None:
    done = SHELF.ask("青禾市有多少个县获评文化旅游示范？").done
    assert not done.figures


def test_occasions_and_people_make_no_other_calibre_of_medals() -> None:
    first = SHELF.ask("金牌青禾市跟云汐市哪个多，多几枚？").done.answer.splitlines()[0]
    assert (
        first
        == "2030年夺取金牌（各地口径不尽相同）：云汐市（75枚）比青禾市（48枚）多27枚（计算得出）【1】【2】。"
    )


def test_place_is_not_said_twice() -> None:
    shelf = shelf_of_texts(
        {
            "青禾市政府工作报告（2031年）": REPORT.format(
                place="青禾市",
                done="青禾教育园区入驻学生12.8万人。青禾教育园区完成投资31亿元。新建、改（扩）建学校206所。",
            )
        }
    )
    asked = shelf.ask("青禾教育园区入驻学生多少？完成投资多少？").done.answer
    assert asked == "2030年，青禾教育园区入驻学生12.8万人【1】，青禾教育园区完成投资31亿元【2】。"
    assert (
        shelf.ask("青禾市学校新建、改扩建了多少所？").done.answer
        == "2030年，青禾市新建、改（扩）建学校206所【1】。"
    )
