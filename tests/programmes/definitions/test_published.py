"""The published titles and the published order of columns, held here as they stand in the documents."""

from pathlib import Path

import yaml

import lianxue.programmes
from lianxue.programmes.models.definition import (
    Definition,
    Fields,
    Form,
    PrintCell,
    PrintGrid,
    published_form,
)
from lianxue.programmes.queries.definitions import latest_definition

DATA = Path(lianxue.programmes.__file__).parent / "data" / "definitions"
AREA = "县(市、区)"
HEAD = [
    "报送单位:(公章){unit}联系人姓名:{contact_name}",
    "联系人电话:{contact_phone}手机:{contact_mobile}报送日期:{day}",
]


def of(code: str) -> Definition:
    return latest_definition(code).definition


def squeezed(text: str) -> str:
    """Return words without white space: where a line of the published table breaks is not its wording."""
    return "".join(text.split())


def form_of(code: str, key: str) -> Form:
    """Return a form with the years and days that are published."""
    definition = of(code)
    return published_form(definition, definition.forms[key])


def grids(definition: Definition, form: str) -> dict[str, list[str]]:
    return {
        grid.title: [column.printed_title for column in grid.columns]
        for grid in definition.forms[form].grids().values()
    }


def test_annex_1_the_roster() -> None:
    definition = of("service-team-roster")
    assert definition.title == "教育资源公共服务体系服务队伍设区市汇总表"
    assert grids(definition, "roster") == {
        "一、县级(含)以上体系管理员": [AREA, "姓名", "单位名称", "职称", "职务", "手机", "人员类型"],
        "二、省级培训讲师": [AREA, "姓名", "学段", "学科", "职称/职务", "手机", "是否为往届讲师团成员"],
        "三、省级资源审核员": [
            AREA,
            "姓名",
            "学段",
            "学科",
            "学校名称",
            "平台账号",
            "手机",
            "职称/职务",
            "教师类型",
        ],
    }
    form = form_of("service-team-roster", "roster")
    options = {
        one.title: [option.title for option in one.options]
        for grid in form.grids().values()
        for one in grid.columns
        if one.options
    }
    assert options == {
        "人员类型": ["区域数字资源建设负责人", "区域平台管理员", "教师"],
        "学段": ["学前", "小学", "初中", "高中", "中职"],
        "教师类型": ["各级平台资源审核员", "在往届省级及以上各类数字资源征集活动中入围教师", "其他"],
    }
    assert [(q.least, q.most) for grid in form.grids().values() for q in grid.quotas] == [
        (1, 1),
        (1, 1),
        (3, 5),
    ]
    assert (form.scan, form.table_file) == ("required", True)
    stage = definition.stage("roster")
    assert (stage.opens, stage.closes, stage.changes) == ("2021-04-15", "2021-04-30", "notice")
    assert form.paper
    assert (form.paper.mark, list(map(squeezed, form.paper.lines))) == ("附件 1", HEAD)
    assert form.paper.note.splitlines() == [
        "注：1. 本表格由各设区市教育技术中心填写，于4月30日前上报盖章扫描件及word文档。",
        "2. 各市、县(市、区)落实体系管理员1名。“人员类型”填写：区域数字资源建设负责人或区域平台管理员或教师。钉钉扫码加入“体系管理员省群”。",
        "3. 各市、县(市、区)推荐省级培训师1名。钉钉扫码加入“省级培训师省群”。",
        "4. 各市、县(市、区)推荐省级资源审核员3-5名。省级资源审核员的学段为学前、小学、初中、高中、中职，平台账号请注意大小写，教师类型填写：各级平台资源审核员或在往届省级及以上各类数字资源征集活动中入围教师或其他。钉钉扫码加入“省级资源审核员省群”。",
    ]


def test_annex_3_the_recommendation() -> None:
    definition = of("service-team-recommendation")
    assert definition.title == "教育资源公共服务体系服务队伍优秀工作者设区市推荐表"
    assert grids(definition, "recommendation") == {
        "一、县级(含)以上优秀体系管理员": [AREA, "姓名", "单位名称", "职称", "职务", "手机", "备注"],
        "二、优秀省级培训师": [
            AREA,
            "姓名",
            "学段",
            "学科",
            "学校名称",
            "职称/职务",
            "手机",
            "案例或文章网址",
        ],
        "三、优秀省级资源审核员": [AREA, "姓名", "学段", "学科", "学校名称", "职称/职务", "手机", "备注"],
    }
    stage = definition.stage("recommendation")
    assert (stage.opens, stage.closes) == ("", "10-31")
    assert definition.numbers == ("recommendation_ratio",)
    paper = form_of("service-team-recommendation", "recommendation").paper
    assert paper
    assert (paper.mark, list(map(squeezed, paper.lines))) == ("附件 3", HEAD)
    assert (
        paper.note == "注：本表格由各设区市教育技术中心填报，原则上，于每年10月底前上报盖章扫描件及word文档。"
    )


def test_the_filing_form_of_demonstration_streets() -> None:
    form = form_of("demonstration-streets", "filing")
    assert form.title == "2013-2014 年度上海市社区教育示范街镇创建单位备案登记表"
    asked = {
        part.title: [one.title for one in part.fields] for part in form.sections if isinstance(part, Fields)
    }
    assert asked["街道（乡镇）负责人"] == ["姓名", "职务", "联系电话"]
    assert asked["街道（乡镇）联系人"] == [
        "姓名",
        "职务",
        "单位电话",
        "手机号码",
        "电子邮箱",
        "邮政编码",
        "通讯地址",
    ]
    rounds = form.fields()["earlier_rounds"]
    assert [(one.title, one.exclusive) for one in rounds.options] == [
        ("参加第一轮", False),
        ("参加第二轮", False),
        ("参加第三轮", False),
        ("从未参与", True),
    ]
    items = form.fields()["key_items"]
    assert (items.least, items.most, items.own) == (1, 2, True)
    assert [one.title for one in items.options] == [
        "利用社会力量，整合社会资源",
        "拓展活动空间，扩大参与人群",
        "深化老年教育，创新发展模式",
        "发展农村教育，创设学习项目",
        "加强中外交流，形成社区特色",
        "探索培训途径，提升队伍素养",
        "创新学习方法，培育学习团队",
        "重视品牌建设，丰富创建内涵",
        "加强远程学习，拓展信息资源",
        "记录认定成果，创新激励机制",
    ]
    assert form.fields()["plan"].hint == (
        "基本内容应包括：创建工作的总体目标，阶段性工作目标，创建工作计划，创建工作领导小组协调机构或联席会议的组成，"
        "工作网络构成，相关部门和组织机构的职责分工，保障创建工作顺利开展和持续改进的相关制度和机制等。"
    )


def test_the_paper_of_demonstration_streets() -> None:
    paper = form_of("demonstration-streets", "filing").paper
    assert paper
    assert (paper.mark, paper.title) == ("附件：", "2013-2014 年度上海市社区教育示范街镇创建单位备案登记表")
    cells = [cell for row in paper.rows if not isinstance(row, PrintGrid) for cell in row]
    assert [squeezed(cell.text) for cell in cells if cell.is_label] == [
        "街道（乡镇）名称",
        "街道（乡镇）负责人",
        "姓名",
        "职务",
        "联系电话",
        "街道（乡镇）联系人",
        "姓名",
        "职务",
        "单位电话",
        "手机号码",
        "电子邮箱",
        "邮政编码",
        "通讯地址",
        "以往参加实验街镇工作经历",
        "创建工作方案(可附页)",
        "本轮的重点创建工作及预计成效",
        "区县教育行政部门指导意见",
        "上海市教育委员会意见",
    ]

    def signed(cell: PrintCell) -> tuple[str, tuple[str, ...]]:
        return cell.field or cell.opinion, tuple(map(squeezed, cell.sign))

    assert [signed(cell) for cell in cells if cell.sign] == [
        ("key_items", ("单位负责人签字：", "公章：", "年月日")),
        ("district", ("负责人签字：", "公章：", "年月日")),
        ("city", ("上海市教育委员会", "年月日")),
    ]


def test_stages_and_evidence_of_demonstration_streets() -> None:
    definition = of("demonstration-streets")
    assert [(one.title, one.opens, one.closes) for one in definition.stages] == [
        ("第一阶段——启动备案", "2013-01-01", "2013-03-31"),
        ("第二阶段——落实分工", "2013-03-01", "2013-04-30"),
        ("第三阶段——推进实施", "2013-04-01", "2014-09-30"),
        ("第四阶段——备查总结", "2014-09-01", "2014-12-31"),
    ]
    assert [(one.group, one.title) for one in definition.evidence] == [
        ("完善领导管理体制", "确立发展规划"),
        ("完善领导管理体制", "完善领导机制和管理体制"),
        ("建立健全工作制度", "工作总结考核制度"),
        ("建立健全工作制度", "经费投入与保障制度"),
        ("建立健全工作制度", "档案建设与统计制度"),
        ("建立健全工作制度", "工作考核与激励制度"),
        ("建立健全工作制度", "科研工作管理制度"),
        ("完善社区学校基础建设", "社区（成人）学校标准化建设"),
        ("完善社区学校基础建设", "队伍建设"),
        ("完善社区学校基础建设", "居村委社区教育学习点建设"),
        ("课程建设与信息化资源应用", "课程与资源建设"),
        ("课程建设与信息化资源应用", "信息化资源应用"),
        ("社区资源共建共享", "共建共享"),
        ("社区资源共建共享", "场地设施开放"),
    ]
    assert [check.rule for check in definition.forms["summary"].checks] == ["evidence_complete"]


def test_every_grid_leaves_a_place_for_every_column() -> None:
    for path in DATA.glob("*.yaml"):
        for form in yaml.safe_load(path.read_text(encoding="utf-8"))["forms"].values():
            if "paper" in form:
                assert sum(form["paper"]["widths_mm"]) <= (257 if form["paper"].get("landscape") else 170)
