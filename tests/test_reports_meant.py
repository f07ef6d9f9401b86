"""Which reports a question is about, where one place has several years."""

import pytest

from qa.question_places import Catalogue
from qa.scope import resolve
from qa.types import ReportInfo


def info(year: int) -> ReportInfo:
    kind = "政府工作报告"
    return ReportInfo(
        f"{year}-云岭市", "云岭市", year, f"云岭市{kind}", kind, None, None, "r.txt", "0", 9, 9, 900
    )


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        (
            "云岭市茶产业园去年走到哪一步，今年怎么安排？",
            ("2031-云岭市",),
        ),  # the one before only planned 2030
        ("云岭市2030年GDP增长多少，2031年呢？", ("2031-云岭市",)),
        (
            "云岭市2029年GDP增长多少，2030年呢？",
            ("2030-云岭市", "2031-云岭市"),
        ),  # neither tells of both as done
        ("云岭市去年的目标是多少，实际完成多少，今年又要多少？", ("2030-云岭市", "2031-云岭市")),
        ("云岭市2031年GDP目标比2030年的调低了吗？", ("2030-云岭市", "2031-云岭市")),
    ],
)
def test_older_report_is_left_out_where_a_newer_one_tells_of_all_years_asked(question, reports):
    catalogue = Catalogue((info(2030), info(2031)))
    assert resolve(question, catalogue).report_ids == reports
