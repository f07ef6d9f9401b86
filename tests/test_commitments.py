"""Commitments of a plan: which clauses open one, their kinds, sectors, names, periods and figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.commitment_clauses import KINDS
from qa.commitments import extract_commitments, sector_of, with_figures
from qa.figures import extract_figures
from qa.named_entities import names_in
from qa.types import Commitment, Figure, Paragraph, Part, Report

SECTION = ("二、2024年工作安排", "（一）抓好项目建设。")


def report(
    *texts: str, section: tuple[str, ...] = SECTION, part: Part = "plan", doc_kind: str = "政府工作报告"
) -> Report:
    """A report of 甲市 whose paragraphs all stand in one section."""
    paragraphs, position = [], 0
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(number, position, position + len(text), text, section, part))
        position += len(text) + 1
    whole = "\n".join(texts)
    return Report("2024-甲市", "甲市", 2024, "政府工作报告", whole, tuple(paragraphs), "a.txt", "0", doc_kind)


def found(*texts: str, **more: object) -> list[Commitment]:
    made = report(*texts, **more)  # type: ignore[arg-type]
    return extract_commitments(made, extract_figures(made))


def told(*texts: str, **more: object) -> list[tuple[str, str]]:
    """(kind, text) of each commitment."""
    whole = "\n".join(texts)
    return [(promise.kind, whole[promise.start : promise.end]) for promise in found(*texts, **more)]


# ------------------------------------------------------------------ clauses


def test_each_clause_with_a_verb_is_a_commitment() -> None:
    assert told("新建改建农村公路300公里，完成投资8.5亿元；开工建设云岭水库，建成北郊污水处理厂。") == [
        ("新建", "新建改建农村公路300公里"),
        ("完成", "完成投资8.5亿元"),
        ("开工", "开工建设云岭水库"),
        ("建成", "建成北郊污水处理厂"),
    ]


def test_verb_phrases_joined_within_a_clause_stay_one() -> None:
    assert told("新建高标准农田4.2万亩、改造提升1.8万亩。") == [
        ("新建", "新建高标准农田4.2万亩、改造提升1.8万亩")
    ]


@pytest.mark.parametrize(
    "result",
    ["增长6%以上", "惠及群众2万人", "不断提升群众获得感", "促进产城融合发展", "其中高速公路20公里"],
)
def test_result_joins_the_commitment_before(result: str) -> None:
    assert told(f"完成交通投资30亿元，{result}。") == [("完成", f"完成交通投资30亿元，{result}")]


@pytest.mark.parametrize(
    "lead",
    [
        "坚持以实体经济为根基",
        "围绕打造消费中心城市",
        "聚焦主责主业",
        "按照“五个一”的思路",
        "在产业发展、生态环保等领域",
        "新材料产业要依托资源优势",
    ],
)
def test_lead_in_belongs_to_the_commitment_after(lead: str) -> None:
    assert told(f"建设数字乡村，{lead}，引进龙头企业15家。") == [
        ("新建", "建设数字乡村"),
        ("新增", f"{lead}，引进龙头企业15家"),
    ]


def test_lead_in_with_its_own_deed_and_nothing_after() -> None:
    assert told("围绕产业链部署创新链。弘扬劳模精神。坚持人民至上。") == [
        ("推进", "围绕产业链部署创新链"),
        ("推进", "弘扬劳模精神"),
    ]


def test_topic_belongs_to_the_commitment_after() -> None:
    assert told("水路方面，开工建设3000吨级航道工程。") == [("开工", "水路方面，开工建设3000吨级航道工程")]


def test_subject_before_the_verb() -> None:
    assert told(
        "市人民医院新院区年内完成主体工程，云岭抽水蓄能电站力争6月底前开工，枫溪经开区争创省级高新区。"
    ) == [
        ("完成", "市人民医院新院区年内完成主体工程"),
        ("力争", "云岭抽水蓄能电站力争6月底前开工"),
        ("创建", "枫溪经开区争创省级高新区"),
    ]


def test_coverb_before_the_verb() -> None:
    assert told("把东部新区打造成科创高地，为3000户困难家庭配备设备。") == [
        ("创建", "把东部新区打造成科创高地"),
        ("推进", "为3000户困难家庭配备设备"),
    ]


def test_main_targets_are_commitments_each() -> None:
    text = "今年的主要预期目标是：地区生产总值增长6%以上，其中第三产业增长7%，居民收入与经济增长同步；粮食产量只增不减。"
    assert told(text) == [
        ("力争", "地区生产总值增长6%以上，其中第三产业增长7%"),
        ("力争", "居民收入与经济增长同步"),
        ("力争", "粮食产量只增不减"),
    ]


def test_main_targets_end_with_their_sentence() -> None:
    text = "主要目标是：地区生产总值增长6%。全市上下要增强信心。"
    assert told(text) == [("力争", "地区生产总值增长6%"), ("推进", "全市上下要增强信心")]


def test_quoted_and_bracketed_punctuation_does_not_split() -> None:
    assert told("开展“引老乡，回故乡”活动，改造小街小巷（小公园，小绿地）20处。") == [
        ("推进", "开展“引老乡，回故乡”活动"),
        ("改造", "改造小街小巷（小公园，小绿地）20处"),
    ]


def test_list_of_deeds_in_one_paragraph() -> None:
    text = "1.新增养老床位9000张；2.改造农村公路2000公里；3.完成山塘整治300座。"
    assert told(text) == [
        ("新增", "新增养老床位9000张"),
        ("改造", "改造农村公路2000公里"),
        ("完成", "完成山塘整治300座"),
    ]


def test_deeds_counted_in_words() -> None:
    text = "今年办好8件民生实事：一是城镇新增就业3万人；二是新建幼儿园12所，增加学位2700个。"
    assert told(text) == [
        ("完成", "今年办好8件民生实事"),
        ("新增", "城镇新增就业3万人"),
        ("新建", "新建幼儿园12所"),
        ("新增", "增加学位2700个"),
    ]


# ------------------------------------------------------------------ kinds


@pytest.mark.parametrize(
    ("text", "kind", "verb"),
    [
        ("加快建设跨江大桥", "新建", "建设"),
        ("加快跨江大桥建设", "推进", "加快"),
        ("谋划建设城际铁路", "开工", "谋划建设"),
        ("启动新一轮修编", "开工", "启动"),
        ("规划建设产业园", "新建", "规划建设"),
        ("竣工投产华电项目", "建成", "竣工投产"),
        ("全面落实惠企政策", "完成", "落实"),
        ("深入整治涉企收费", "改造", "整治"),
        ("改造老旧小区61个", "改造", "改造"),
        ("大力发展夜间经济", "新增", "发展"),
        ("统筹发展和安全", "推进", "统筹"),
        ("积极创建文明城市", "创建", "创建"),
        ("努力创建文明城市", "力争", "努力"),
        ("年内力争自来水普及率提高到92%", "力争", "力争"),
        ("扎实推进园区提档升级", "推进", "推进"),
        ("讲好云岭故事", "推进", "讲好"),
        ("绷紧安全这根弦", "推进", "绷紧"),
        ("原煤产量稳定在1.9亿吨", "力争", "稳定"),
        ("服务业增加值增长7%", "力争", "增长"),
        ("规上工业亩均税收保持全省前列", "力争", "保持"),
    ],
)
def test_kind_and_verb(text: str, kind: str, verb: str) -> None:
    (promise,) = found(f"{text}。")
    assert (promise.kind, promise.verb) == (kind, verb)
    assert promise.kind in KINDS


# ------------------------------------------------------------------ what is none


@pytest.mark.parametrize(
    "text",
    [
        "各位代表，让我们团结一心，推进现代化建设，奋力谱写发展新篇章！",
        "各位代表！我们将始终把人民放在心中最高位置，扎实推进共同富裕。",
        "当前，外部环境严峻复杂，发展仍面临不少困难，推进转型任务艰巨。",
        "今年是实施“十四五”规划的关键一年，做好各项工作意义重大。",
        "产业强则经济强，产业兴则经济兴。",
        "园区是经济发展的主战场、产业集聚的主载体。",
        "全面从严治党永远在路上。",
        "重点抓好以下八个方面的工作：",
        "做好今年工作的总体要求是：坚持稳中求进，推进高质量发展，加快建设现代化产业体系。",
        "坚持一切为了人民、一切依靠人民。",
    ],
)
def test_rhetoric_situation_and_mottos_are_none(text: str) -> None:
    assert told(text) == []


def test_closing_keeps_its_figures() -> None:
    text = "各位代表，政府工作永远在路上。我们将一般性支出再压减10%。让我们为建设新枫溪而奋斗！"
    assert told(text) == [("推进", "我们将一般性支出再压减10%")]


def test_review_and_bulletin_have_none() -> None:
    assert found("新建公路300公里。", part="review") == []
    assert found("新建公路300公里。", part="head") == []
    assert found("新建公路300公里。", doc_kind="统计公报") == []


def test_empty_plan() -> None:
    assert extract_commitments(Report("2024-甲市", "甲市", 2024, "", "", (), "a", "0"), []) == []


def test_heading_only_if_it_states_a_target() -> None:
    texts = ("（一）推进工业振兴", "（二）完成工业投资150亿元")
    made, start = [], 0
    for number, text in enumerate(texts, 1):
        made.append(Paragraph(number, start, start + len(text), text, SECTION[:1], "plan", is_heading=True))
        start += len(text) + 1
    whole = Report("2024-甲市", "甲市", 2024, "", "\n".join(texts), tuple(made), "a", "0")
    (promise,) = extract_commitments(whole, extract_figures(whole))
    assert whole.text[promise.start : promise.end] == "完成工业投资150亿元"
    assert (promise.paragraph, promise.sector) == (2, "2024年工作安排")


def test_inline_heading_is_the_sector_and_no_commitment() -> None:
    text = "（三）抓产业升级。实施技改项目40个。"
    (promise,) = found(text, section=("二、2024年工作安排", "（三）抓产业升级。"))
    assert (text[promise.start : promise.end], promise.sector) == ("实施技改项目40个", "抓产业升级")


# ------------------------------------------------------------------ sector and period


@pytest.mark.parametrize(
    ("section", "sector"),
    [
        (("二、2024年工作安排", "（一）抓好项目建设。"), "抓好项目建设"),
        (("二、2024年工作安排", "1. 办好实事："), "办好实事"),
        (("第二部分 2024年工作安排", "（二）"), "2024年工作安排"),
        (("二、2024年工作安排", "（一）稳增长", "产业强则经济强，产业兴则经济兴。"), "稳增长"),
        (("二、工作安排", "新建口袋公园5个。"), "工作安排"),
        ((), ""),
    ],
)
def test_sector_is_the_innermost_heading_that_names_something(section: tuple[str, ...], sector: str) -> None:
    text = "新建口袋公园5个。"
    assert sector_of(Paragraph(1, 0, len(text), text, section, "plan")) == sector


@pytest.mark.parametrize(
    ("text", "section", "period"),
    [
        ("新建公路30公里。", SECTION, "2024"),
        ("2025年新建公路30公里。", SECTION, "2025"),
        ("到2026年建成综合枢纽。", SECTION, "2026"),
        ("新建公路300公里。", ("二、今后五年的奋斗目标",), "2024—2028"),
        ("推进2021年前获得指标的项目建成。", SECTION, "2024"),
        ("首台机组力争2029年投产发电。", ("二、今后五年的奋斗目标",), "2029"),
        ("新建公路300公里。", ("二、未来三年的目标",), "2024—2026"),
        ("新建公路300公里。", ("二、“十五五”时期的主要目标",), "2026—2030"),
        ("2023年启动的改造全面完成。", SECTION, "2024"),
    ],
)
def test_period(text: str, section: tuple[str, ...], period: str) -> None:
    assert [promise.period for promise in found(text, section=section)] == [period]


# ------------------------------------------------------------------ figures and names


def test_figures_are_those_of_the_span() -> None:
    first, second = found("去年新建学校8所，今年新建学校12所；新增学位2700个以上。")[-2:]
    assert [(figure.value, figure.unit) for figure in first.figures] == [(Decimal(12), "所")]
    assert [(figure.value, figure.comparator) for figure in second.figures] == [(Decimal(2700), "以上")]


def test_with_figures_takes_no_actual_and_nothing_across_the_end() -> None:
    def figure(start: int, end: int, kind: str) -> Figure:
        return Figure(
            "r", 1, "甲", None, "总量", Decimal(start), "个", "", "", "2024", kind, start, end, 0, 9  # type: ignore[arg-type]
        )  # fmt: skip

    promise = Commitment("r", 1, "新建", "新建", "", "2024", (), (), 10, 20)
    given = [
        figure(18, 21, "target"),
        figure(12, 14, "actual"),
        figure(15, 20, "target"),
        figure(8, 11, "target"),
    ]
    (done,) = with_figures([promise], given)
    assert [one.value for one in done.figures] == [Decimal(15)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施“千万工程”，开展“服务企业”行动", ("千万工程", "“服务企业”行动")),
        ("加快推进云岭水库、北郊污水处理厂一期建设", ("云岭水库", "北郊污水处理厂一期")),
        ("推进华电光伏、立威化工等一批项目建设", ("华电光伏", "立威化工")),
        ("开工建设云岭至海棠高速公路（海棠段）", ("云岭至海棠高速公路（海棠段）",)),
        ("支持桂平扩大新材料产业园规划范围", ("新材料产业园",)),
        ("推进一批重大基础设施项目建设", ()),
        ("新增城区停车位1000个", ()),
        ("新建农村千人以上供水工程6处", ()),
        ("与绍兴、宁波市共建产业园", ("绍兴", "宁波市")),
        ("推进平南县第三人民医院等项目25个", ("平南县第三人民医院",)),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def test_names_leave_out_the_reports_own_place() -> None:
    assert names_in("推动绍兴、宁波协同发展", "绍兴市") == ("宁波",)


# ------------------------------------------------------------------ other wordings, other forms


def test_traditional_text_keeps_its_characters() -> None:
    text = "完成舊區改造32萬平方米，新開工老舊小區改造41個。"
    promises = found(text)
    assert [(p.kind, text[p.start : p.end]) for p in promises] == [
        ("完成", "完成舊區改造32萬平方米"),
        ("开工", "新開工老舊小區改造41個"),
    ]
    assert [figure.value for p in promises for figure in p.figures] == [Decimal(32), Decimal(41)]


def test_state_council_wording() -> None:
    text = "今年赤字率拟按2.8%左右安排、比去年有所下调，有利于增强财政可持续性。将研发费用加计扣除比例从75%提高到100%。"
    assert told(text) == [
        ("推进", "今年赤字率拟按2.8%左右安排、比去年有所下调，有利于增强财政可持续性"),
        ("推进", "将研发费用加计扣除比例从75%提高到100%"),
    ]


def test_situation_before_an_obligation_is_its_lead_in() -> None:
    assert told("今年高校毕业生超过1000万人，要加强就业指导。") == [
        ("推进", "今年高校毕业生超过1000万人，要加强就业指导")
    ]


def test_deeply_nested_enumeration() -> None:
    inner = "、".join(f"第{n}项（含甲{n}，乙{n}；丙{n}）" for n in range(50))
    text = f"实施{inner}等50个项目，新增学位8个。"
    assert told(text) == [("推进", text[: text.index("，新增学位")]), ("新增", "新增学位8个")]


def test_paragraph_of_ten_thousand_characters() -> None:
    text = "新建农村公路300公里，惠及群众2万人，改造桥梁5座；" * 400
    promises = found(text)
    assert len(text) > 10_000
    assert [promise.kind for promise in promises] == ["新建", "改造"] * 400
    assert {text[p.start : p.end] for p in promises} == {"新建农村公路300公里，惠及群众2万人", "改造桥梁5座"}


@pytest.mark.parametrize("text", ["“" * 5000, "（" * 5000 + "推进", "依法依规从严从实" * 1200, "1、" * 4000])
def test_senseless_text_ends(text: str) -> None:
    assert found(text) == []


def test_commitments_are_in_order_and_within_their_paragraph() -> None:
    texts = ("新建学校8所，改造公园2个。", "完成投资8亿元。")
    made = report(*texts)
    promises = extract_commitments(made, [])
    assert [promise.paragraph for promise in promises] == [1, 1, 2]
    assert [promise.start for promise in promises] == sorted(promise.start for promise in promises)
    for promise in promises:
        paragraph = made.paragraphs[promise.paragraph - 1]
        assert paragraph.start <= promise.start < promise.end <= paragraph.end
