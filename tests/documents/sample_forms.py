"""Three published forms as papers, filled with content of real length: S2's filing form, S1's annexes 1 and 3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lianxue.kernel.rendering import FormCell, FormPaper, FormRow
from lianxue.kernel.tables import FormField, FormShape, FormTable

ROUNDS = ("参加第一轮", "参加第二轮", "参加第三轮", "从未参与")
PLAN_GUIDE = (
    "基本内容应包括：创建工作的总体目标，阶段性工作目标，创建工作计划，创建工作领导小组协调机构或联席会议的组成，"
    "工作网络构成，相关部门和组织机构的职责分工，保障创建工作顺利开展和持续改进的相关制度和机制等。"
)
UNIT_SIGN = ("单位负责人签字：", "公章：", "　　　　年　　月　　日")
DISTRICT_SIGN = ("负责人签字：", "公章：", "　　　　年　　月　　日")
CITY_SIGN = ("上海市教育委员会", "　　　　年　　月　　日")

PLAN = (
    "一、总体目标。以居民学习需求为导向，用两年时间把甪直路街道建成体制机制完备、队伍建设得力、经费投入有保障、学习活动蓬勃开展的"
    "社区教育示范街道，居民参与率由百分之三十六提高到百分之五十以上，形成“十五分钟学习圈”。\n"
    "二、阶段性工作目标。2013年3月底前完成备案与任务分解；2013年底前完成社区学校标准化建设和十八个居委学习点的达标验收；"
    "2014年9月底前完成重点项目，建成特色课程十二门、学习团队六十个，档案完备、资料齐全、便于查询。\n"
    "三、创建工作计划。第一，成立由街道党工委书记任组长的创建工作领导小组，建立由社会事业科、文化中心、派出所、学校和企业共同参加的"
    "联席会议，每季度召开一次。第二，社区教育经费按常住人口每人每年不少于六元列入年度预算，并逐年增加。第三，建立专职、兼职和志愿者相"
    "结合的队伍，每年组织两次以上业务培训。\n"
    "四、职责分工。社会事业科牵头，负责统筹协调和督查；社区学校负责课程、师资与日常教学；各居委会负责学习点的组织与宣传；"
    "驻区单位开放场地设施。\n"
    "五、制度与机制。建立工作总结考核、经费投入与保障、档案建设与统计、工作考核与激励、科研工作管理五项制度，"
    "每半年对照计划自评一次，结果向居民代表会议报告，并据此改进下一阶段工作。"
)
INITIATIVE = (
    "重点工作一：创新学习方法，培育学习团队。探索学习团队向学习型团队转化的路径，培育二十个骨干团队，"
    "编写《学习团队带头人手册》，预计参与居民四千人次。\n"
    "重点工作二：加强远程学习，拓展信息资源。依托上海学习网建设街道数字化学习社区，培训银发上网学员一千二百人，"
    "形成可推广的组织模式。"
)


@dataclass(frozen=True, kw_only=True)
class Filing:
    """The answers of S2's filing form."""

    name: str = "甪直路街道办事处"
    head: str = "陈栟"
    head_post: str = "主任"
    head_phone: str = "021-63210000"
    contact: str = "欧阳㙍琳"
    contact_post: str = "社会事业科副科长"
    office_phone: str = "021-63210086"
    mobile: str = "013800000000"
    email: str = "shequ@huangpu.example.cn"
    postcode: str = "000200"
    address: str = "上海市黄浦区垟头路18弄6号甲三楼"
    rounds: frozenset[str] = frozenset({"参加第一轮", "参加第三轮"})
    plan: str = PLAN
    initiative: str = INITIATIVE
    guidance: str = "同意备案。请围绕学习团队建设聚焦重点，完善档案，按季度报送进展。"
    decision: str = ""


def label(text: str, *, across: int = 1, down: int = 1) -> FormCell:
    return FormCell(text=text, across=across, down=down, is_label=True)


def filing_paper(given: Filing, *, qr_text: str = "") -> FormPaper:
    """Return 2013-2014 年度上海市社区教育示范街镇创建单位备案登记表 (S2-57…64)."""

    def pair(first: str, one: str, second: str, two: str) -> tuple[FormCell, ...]:
        return (label(first), FormCell(text=one), label(second), FormCell(text=two))

    def wide(text: str, **more: object) -> FormCell:
        return FormCell(text=text, across=4, align="left", **more)  # type: ignore[arg-type]  # narrower than the stubs tell

    def row(*cells: FormCell, height: float = 10) -> FormRow:
        return FormRow(cells=cells, height_mm=height)

    return FormPaper(
        title="2013-2014年度上海市社区教育示范街镇\n创建单位备案登记表",
        mark="附件：",
        widths_mm=(40, 25, 40, 25, 40),
        qr_text=qr_text,
        qr_caption="S2-2013-0007 第2稿" if qr_text else "",
        rows=(
            row(label("街道（乡镇）\n名称"), FormCell(text=given.name, across=4), height=13),
            row(label("街道（乡镇）\n负责人", down=2), *pair("姓名", given.head, "职务", given.head_post)),
            row(label("联系电话"), FormCell(text=given.head_phone, across=3)),
            row(
                label("街道（乡镇）\n联系人", down=4),
                *pair("姓名", given.contact, "职务", given.contact_post),
            ),
            row(*pair("单位电话", given.office_phone, "手机号码", given.mobile)),
            row(*pair("电子邮箱", given.email, "邮政编码", given.postcode)),
            row(label("通讯地址"), FormCell(text=given.address, across=3)),
            row(
                label("以往参加实验街镇\n工作经历"),
                FormCell(
                    across=4, align="left", boxes=tuple((words in given.rounds, words) for words in ROUNDS)
                ),
                height=14,
            ),
            row(label("创建工作方案\n（可附页）"), wide(given.plan, guide=PLAN_GUIDE), height=120),
            row(
                label("本轮的重点创建\n工作及预计成效"),
                wide(given.initiative, sign=UNIT_SIGN, seal_room_mm=6),
                height=80,
            ),
            row(
                label("区县教育行政部门\n指导意见"),
                wide(given.guidance, sign=DISTRICT_SIGN, seal_room_mm=6),
                height=55,
            ),
            row(
                label("上海市教育委员会\n意见"),
                wide(given.decision, sign=CITY_SIGN, seal_room_mm=18),
                height=50,
            ),
        ),
    )


ADMINISTRATORS = ("县(市、区)", "姓名", "单位名称", "职称", "职务", "手机", "人员类型")
TRAINERS = ("县(市、区)", "姓名", "学段", "学科", "职称/职务", "手机", "是否为往届讲师团成员")
REVIEWERS = (
    "县(市、区)",
    "姓名",
    "学段",
    "学科",
    "学校名称",
    "平台账号",
    "手机",
    "职称/职务",
    "教师类型",
)
NOTE = (
    "注：1. 本表格由各设区市教育技术中心填写，于4月30日前上报盖章扫描件及word文档。\n"
    "2. 各市、县(市、区)落实体系管理员1名。“人员类型”填写：区域数字资源建设负责人或区域平台管理员或教师。\n"
    "3. 各市、县(市、区)推荐省级培训师1名。\n"
    "4. 各市、县(市、区)推荐省级资源审核员3-5名。省级资源审核员的学段为学前、小学、初中、高中、中职，平台账号请注意大小写，"
    "教师类型填写：各级平台资源审核员或在往届省级及以上各类数字资源征集活动中入围教师或其他。"
)
COUNTIES = (
    "杭州市本级",
    "上城区",
    "西湖区",
    "萧山区",
    "余杭区",
    "临平区",
    "富阳区",
    "桐庐县",
    "淳安县",
    "建德市",
)
NAMES = ("王芳", "陈栟", "欧阳㙍琳", "沈垟", "周文甪", "吴建华", "郑晓燕", "冯立", "褚一鸣", "卫东")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A roster: who sends it, and the rows of its three grids."""

    unit: str = "杭州市教育技术中心"
    contact: str = "王芳"
    phone: str = "0571-87060000"
    mobile: str = "13800000001"
    day: str = "2021年4月28日"
    administrators: Rows = field(
        default_factory=lambda: [
            [
                county,
                name,
                f"{county}教育技术中心",
                "高级教师",
                "数字资源部主任",
                f"1380000{at:04}",
                ("区域数字资源建设负责人", "区域平台管理员", "教师")[at % 3],
            ]
            for at, (county, name) in enumerate(zip(COUNTIES, NAMES, strict=True))
        ]
    )
    trainers: Rows = field(
        default_factory=lambda: [
            [
                county,
                name,
                ("小学", "初中", "高中")[at % 3],
                ("语文", "数学", "信息科技")[at % 3],
                "一级教师/教研员",
                f"1390000{at:04}",
                "是" if at % 2 else "否",
            ]
            for at, (county, name) in enumerate(zip(COUNTIES, reversed(NAMES), strict=True))
        ]
    )
    reviewers: Rows = field(
        default_factory=lambda: [
            [
                county,
                NAMES[(at + more) % 10],
                ("学前", "小学", "初中")[more],
                ("综合", "科学", "道德与法治")[more],
                f"{county}第{'一二三'[more]}实验学校",
                f"Zjer_{at}{more}aB",
                f"1370000{at}{more:03}",
                "高级教师",
                ("各级平台资源审核员", "入围教师", "其他")[more],
            ]
            for at, county in enumerate(COUNTIES)
            for more in range(3)
        ]
    )


def _grid(
    side: str, side_head: str, titles: Sequence[str], spans: Sequence[int], rows: Rows
) -> list[FormRow]:
    """Return a grid with its name in a merged cell at the side, from the titles on when ``side_head`` is empty."""
    heads = [label(title, across=across) for title, across in zip(titles, spans, strict=True)]
    body = [
        FormRow(
            cells=tuple(FormCell(text=text, across=across) for text, across in zip(row, spans, strict=True)),
            height_mm=8,
        )
        for row in [*rows, *[[""] * len(titles)] * max(3 - len(rows), 0)]
    ]
    if side_head:
        body[0] = FormRow(cells=(label(side, down=len(body)), *body[0].cells), height_mm=8)
        return [FormRow(cells=(label(side_head), *heads), height_mm=10, repeats_as_heading=True), *body]
    return [
        FormRow(cells=(label(side, down=len(body) + 1), *heads), height_mm=10, repeats_as_heading=True),
        *body,
    ]


def _lines(given: Annex) -> tuple[str, ...]:
    return (
        f"报送单位：（公章）{given.unit}　　联系人姓名：{given.contact}",
        f"联系人电话：{given.phone}　　手机：{given.mobile}　　报送日期：{given.day}",
    )


def annex_1(given: Annex, *, qr_text: str = "") -> FormPaper:
    """Return 教育资源公共服务体系服务队伍设区市汇总表 (S1-80…87)."""
    return FormPaper(
        mark="附件1",
        title="教育资源公共服务体系服务队伍设区市汇总表",
        landscape=True,
        size_pt=10.5,
        lines=_lines(given),
        widths_mm=(24, 25, 21, 16, 22, 48, 30, 31, 25, 33),
        rows=(
            *_grid(
                "一、县级(含)以上体系管理员",
                "服务人员",
                ADMINISTRATORS,
                (1, 1, 3, 1, 1, 1, 1),
                given.administrators,
            ),
            *_grid("二、省级培训讲师", "", TRAINERS, (1, 1, 1, 1, 1, 1, 3), given.trainers),
            *_grid("三、省级资源审核员", "", REVIEWERS, (1,) * 9, given.reviewers),
        ),
        note=NOTE,
        qr_text=qr_text,
        qr_caption="S1-2021-0003 第1稿" if qr_text else "",
    )


BEST_ADMINISTRATORS = ("县(市、区)", "姓名", "单位名称", "职称", "职务", "手机", "备注")
BEST_TRAINERS = ("县(市、区)", "姓名", "学段", "学科", "学校名称", "职称/职务", "手机", "案例或文章网址")
BEST_REVIEWERS = ("县(市、区)", "姓名", "学段", "学科", "学校名称", "职称/职务", "手机", "备注")


def annex_3(given: Annex, grids: Mapping[str, Rows]) -> FormPaper:
    """Return 教育资源公共服务体系服务队伍优秀工作者设区市推荐表 (S1-82)."""
    return FormPaper(
        mark="附件3",
        title="教育资源公共服务体系服务队伍优秀工作者设区市推荐表",
        landscape=True,
        size_pt=10.5,
        lines=_lines(given),
        widths_mm=(26, 25, 21, 16, 22, 32, 30, 29, 28, 46),
        rows=(
            *_grid(
                "一、县级(含)以上优秀体系管理员",
                "服务人员",
                BEST_ADMINISTRATORS,
                (1, 1, 3, 1, 1, 1, 1),
                grids["administrators"],
            ),
            *_grid("二、优秀省级培训师", "", BEST_TRAINERS, (1, 1, 1, 1, 2, 1, 1, 1), grids["trainers"]),
            *_grid(
                "三、优秀省级资源审核员", "", BEST_REVIEWERS, (1, 1, 1, 1, 2, 1, 1, 1), grids["reviewers"]
            ),
        ),
        note="注：本表格由各设区市教育技术中心填报，原则上，于每年10月底前上报盖章扫描件及word文档。",
    )


BEST = {
    "administrators": [
        ["上城区", "陈栟", "上城区教育技术中心", "高级教师", "主任", "13800000002", ""],
        ["桐庐县", "沈垟", "桐庐县教育技术中心", "一级教师", "平台管理员", "13800000003", "2020年省级表彰"],
    ],
    "trainers": [
        [
            "西湖区",
            "周文甪",
            "初中",
            "数学",
            "西湖区第一实验学校",
            "高级教师",
            "13900000001",
            "https://www.zjer.cn/space/zhouwl/article/20210918",
        ]
    ],
    "reviewers": [
        ["富阳区", "郑晓燕", "小学", "科学", "富阳区永兴小学", "一级教师", "13700000001", ""],
        ["建德市", "卫东", "初中", "道德与法治", "建德市新安江初级中学", "高级教师", "13700000002", ""],
    ],
}


def _filing_shape() -> FormShape:
    head, contact = "街道（乡镇）负责人", "街道（乡镇）联系人"
    return FormShape(
        title="2013-2014年度上海市社区教育示范街镇创建单位备案登记表",
        fields=(
            FormField(key="name", title="街道（乡镇）名称"),
            FormField(key="head", title="姓名", beside=head),
            FormField(key="head_post", title="职务", beside=head),
            FormField(key="head_phone", title="联系电话", beside=head),
            FormField(key="contact", title="姓名", beside=contact),
            FormField(key="contact_post", title="职务", beside=contact),
            FormField(key="office_phone", title="单位电话"),
            FormField(key="mobile", title="手机号码"),
            FormField(key="email", title="电子邮箱"),
            FormField(key="postcode", title="邮政编码"),
            FormField(key="address", title="通讯地址"),
            FormField(
                key="rounds",
                title="以往参加实验街镇工作经历",
                kind="choices",
                options=tuple((one, one) for one in ROUNDS),
            ),
            FormField(key="plan", title="创建工作方案（可附页）", kind="long_text", guide=PLAN_GUIDE),
            FormField(
                key="initiative", title="本轮的重点创建工作及预计成效", kind="long_text", sign=UNIT_SIGN
            ),
            FormField(key="guidance", title="区县教育行政部门指导意见", kind="long_text", sign=DISTRICT_SIGN),
            FormField(key="decision", title="上海市教育委员会意见", kind="long_text", sign=CITY_SIGN),
        ),
    )


FILING_SHAPE = _filing_shape()
ANNEX_1_SHAPE = FormShape(
    title="教育资源公共服务体系服务队伍设区市汇总表",
    lines=(
        FormField(key="unit", title="报送单位：（公章）"),
        FormField(key="contact", title="联系人姓名："),
        FormField(key="phone", title="联系人电话："),
        FormField(key="mobile", title="手机："),
        FormField(key="day", title="报送日期：", kind="date"),
    ),
    tables=tuple(
        FormTable(key=key, columns=tuple(FormField(key=one, title=one) for one in titles))
        for key, titles in (
            ("administrators", ADMINISTRATORS),
            ("trainers", TRAINERS),
            ("reviewers", REVIEWERS),
        )
    ),
)
