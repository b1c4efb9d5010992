"""The forms and registers as the five documents publish them, written off word for word: titles, cells, notes, their order.

Nothing here comes from the code: what the platform prints is compared with it, cell for cell, and `tools/form_pictures.py`
draws it beside what the platform prints. ``GAP`` stands where the published form leaves room to write.
"""

from lianxue.kernel.rendering import FormCell, FormPaper, FormRow

GAP = ""
AREA = "县(市、区)"
S1_HEAD = ("报送单位: (公章) 联系人姓名:", "联系人电话: 手机: 报送日期:")
DAY = "年 月 日"


def cell(text: str = GAP, across: int = 1, down: int = 1, sign: tuple[str, ...] = ()) -> FormCell:
    """Return one cell of a published table."""
    return FormCell(text=text, across=across, down=down, is_label=bool(text), sign=sign)


def row(*cells: FormCell | str, height: float = 10, heads: bool = False) -> FormRow:
    """Return one row; plain words are cells of one column."""
    made = tuple(cell(one) if isinstance(one, str) else one for one in cells)
    return FormRow(cells=made, height_mm=height, repeats_as_heading=heads)


def grid(side: str, spans: tuple[int, ...], titles: tuple[str, ...], side_head: str = "") -> list[FormRow]:
    """Return a table within a table: the words at its side, the titles of its columns, three rows to write in."""
    heads = [cell(title, across) for title, across in zip(titles, spans, strict=True)]
    blank = [cell(GAP, across) for across in spans]
    if side_head:
        first = row(side_head, *heads, heads=True)
        return [first, row(cell(side, down=3), *blank), row(*blank), row(*blank)]
    return [row(cell(side, down=4), *heads, heads=True), row(*blank), row(*blank), row(*blank)]


# S2, 附件 (S2-60 to S2-66)
STREETS = FormPaper(
    mark="附件：",
    title="2013-2014 年度上海市社区教育示范街镇创建单位备案登记表",
    widths_mm=(38, 26, 38, 26, 38),
    rows=(
        row("街道（乡镇） 名称", cell(across=4)),
        row(cell("街道（乡镇） 负责人", down=2), "姓名", GAP, "职务", GAP),
        row("联系电话", cell(across=3)),
        row(cell("街道（乡镇） 联系人", down=4), "姓名", GAP, "职务", GAP),
        row("单位电话", GAP, "手机号码", GAP),
        row("电子邮箱", GAP, "邮政编码", GAP),
        row("通讯地址", cell(across=3)),
        row("以往参加实验街镇工作经历", cell("☐ 参加第一轮 ☐ 参加第二轮 ☐ 参加第三轮 ☐ 从未参与", across=4)),
        row(
            "创建工作方案 (可附页)",
            cell(
                "基本内容应包括：创建工作的总体目标，阶段性工作目标，创建工作计划，创建工作领导小组协调机构或联席会议的组成，"
                "工作网络构成，相关部门和组织机构的职责分工，保障创建工作顺利开展和持续改进的相关制度和机制等。",
                across=4,
            ),
            height=60,
        ),
        row(
            "本轮的重点创建工作及预计成效",
            cell(across=4, sign=("单位负责人签字：", "公章：", DAY)),
            height=60,
        ),
        row("区县教育行政部门指导意见", cell(across=4, sign=("负责人签字：", "公章：", DAY)), height=40),
        row("上海市教育委员会意见", cell(across=4, sign=("上海市教育委员会", DAY)), height=40),
    ),
)

# S1, 附件 1 (S1-80)
ROSTER = FormPaper(
    mark="附件 1",
    title="教育资源公共服务体系服务队伍设区市汇总表",
    landscape=True,
    size_pt=9,
    lines=S1_HEAD,
    widths_mm=(23, *[13.0] * 18),
    rows=(
        *grid(
            "一、县级(含)以上体系管理员",
            (2, 2, 4, 2, 2, 3, 3),
            (AREA, "姓名", "单位名称", "职称", "职务", "手机", "人员类型"),
            "服务人员",
        ),
        *grid(
            "二、省级培训讲师",
            (2, 2, 2, 3, 3, 3, 3),
            (AREA, "姓名", "学段", "学科", "职称/职务", "手机", "是否为往届讲师团成员"),
        ),
        *grid(
            "三、省级资源审核员",
            (2, 2, 1, 1, 3, 3, 2, 2, 2),
            (AREA, "姓名", "学段", "学科", "学校名称", "平台账号", "手机", "职称/职务", "教师类型"),
        ),
    ),
    note=(
        "注：1. 本表格由各设区市教育技术中心填写，于4月30日前上报盖章扫描件及word文档。\n"
        "2. 各市、县(市、区)落实体系管理员1名。“人员类型”填写：区域数字资源建设负责人或区域平台管理员或教师。钉钉扫码加入“体系管理员省群”。\n"
        "3. 各市、县(市、区)推荐省级培训师1名。钉钉扫码加入“省级培训师省群”。\n"
        "4. 各市、县(市、区)推荐省级资源审核员3-5名。省级资源审核员的学段为学前、小学、初中、高中、中职，平台账号请注意大小写，"
        "教师类型填写：各级平台资源审核员或在往届省级及以上各类数字资源征集活动中入围教师或其他。钉钉扫码加入“省级资源审核员省群”。"
    ),
)

# S1, 附件 3 (S1-82)
RECOMMENDATION = FormPaper(
    mark="附件 3",
    title="教育资源公共服务体系服务队伍优秀工作者设区市推荐表",
    landscape=True,
    size_pt=9,
    lines=S1_HEAD,
    widths_mm=(23, *[13.0] * 18),
    rows=(
        *grid(
            "一、县级(含)以上优秀体系管理员",
            (2, 2, 4, 2, 2, 3, 3),
            (AREA, "姓名", "单位名称", "职称", "职务", "手机", "备注"),
            "服务人员",
        ),
        *grid(
            "二、优秀省级培训师",
            (2, 2, 1, 2, 3, 2, 2, 4),
            (AREA, "姓名", "学段", "学科", "学校名称", "职称/职务", "手机", "案例或文章网址"),
        ),
        *grid(
            "三、优秀省级资源审核员",
            (2, 2, 2, 2, 3, 2, 3, 2),
            (AREA, "姓名", "学段", "学科", "学校名称", "职称/职务", "手机", "备注"),
        ),
    ),
    note="注：本表格由各设区市教育技术中心填报，原则上，于每年10月底前上报盖章扫描件及word文档。",
)


def register(mark: str, title: str, titles: tuple[str, ...], widths: tuple[float, ...]) -> FormPaper:
    """Return a register of S0: its titles and rows 1 to 17."""
    gaps = [GAP] * (len(titles) - 1)
    return FormPaper(
        mark=mark,
        title=title,
        size_pt=10,
        widths_mm=widths,
        rows=(row(*titles, heads=True), *(row(str(number), *gaps) for number in range(1, 18))),
        note="（若表格不够，可自行添加）",
    )


KIND = "资源类型（图书/光盘/其它）"
# The registers of S0: 附件1 is S0-50, 附件2 is S0-51
LOANS = register(
    "附件1",
    "上海终身教育资源借阅记录表",
    ("序号", "单位", "资源名称", KIND, "数量", "借阅人", "借阅时间（年月日）", "归还时间（年月日）"),
    (10, 30.5, 32, 23, 10, 14.5, 29, 29),
)
ISSUES = register(
    "附件2",
    "上海终身教育资源发放记录表",
    ("序号", "单位", "资源名称", KIND, "数量", "领取人", "发放时间（年月日）"),
    (11, 34, 43, 32, 12, 17, 29),
)

# S4, 附件2 (S4-61 to S4-64); its published list calls it 申报表 of 共建单位, its head of 建设单位
SITES = FormPaper(
    mark="附件2：",
    title="“江苏学习在线”联盟网站合作建设单位申报表",
    lines=("单位名称： （盖章）",),
    widths_mm=(34, 34, 34, 34, 34),
    rows=(
        row("拟建网站名称", cell(across=4)),
        row("联 系 人", "姓  名", "职  务", "手  机", "QQ号", heads=True),
        *(row(title, GAP, GAP, GAP, GAP) for title in ("网站负责人", "技术负责人", *["网站管理员"] * 5)),
        row(
            "申报单位意见",
            cell("（建设目标与发展计划，约200字，可附纸）", across=4, sign=("负责人： （签字、盖章）", DAY)),
            height=60,
        ),
        row("教育局 职能部门意见", cell(across=4, sign=("负责人： （签字、盖章）", DAY)), height=40),
    ),
    note="（拟建网站名称建议以“镇江·句容学习在线”相近模式命名）",
)

FORMS = {
    "streets": STREETS,
    "roster": ROSTER,
    "recommendation": RECOMMENDATION,
    "loans": LOANS,
    "issues": ISSUES,
    "sites": SITES,
}
