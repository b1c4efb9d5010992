"""What the platform prints of each published form: empty, and with content of the length that offices write."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.documents.sample_forms import PLAN

from lianxue.documents.public import (
    Certificate,
    IssueRegisterRow,
    LetterPaper,
    LoanRegisterRow,
    PrintedKind,
    issue_register,
    loan_register,
)
from lianxue.kernel.rendering import FormPaper, TableDocument
from lianxue.programmes.models.definition import Form, published_form, words_for
from lianxue.programmes.models.definition import filled as with_words
from lianxue.programmes.queries.definitions import latest_definition, parse_definition
from lianxue.programmes.queries.papers import Content, drawn

SITES = Path(__file__).parent / "alliance_sites.yaml"
FORMS = {
    "streets": ("demonstration-streets", "filing"),
    "roster": ("service-team-roster", "roster"),
    "recommendation": ("service-team-recommendation", "recommendation"),
}
CODE = "LX-K7QXWZ4M23AB"
COUNTIES = (
    "杭州市本级", "上城区", "拱墅区", "西湖区", "滨江区", "萧山区", "余杭区", "临平区", "钱塘区", "富阳区", "临安区",
    "桐庐县", "淳安县", "建德市",
)  # fmt: skip
AREAS = {f"33010{at:07d}": name for at, name in enumerate(COUNTIES)}
NAMES = (
    "王芳",
    "陈栟",
    "欧阳㙍琳",
    "沈垟",
    "周文甪",
    "吴建华",
    "阿卜杜拉·买买提江",
    "冯立",
    "褚一鸣",
    "卫㛃",
)
SCHOOLS = (
    "杭州市西湖区栟茶路实验学校（北校区）",
    "桐庐县垟头中学",
    "建德市甪里职业技术教育中心",
    "杭州第二中学",
)
STAGES = ("preschool", "primary", "junior", "senior", "vocational")
OUTCOMES = (
    "一、建成六十个学习团队，其中二十个转化为学习型团队，编写《学习团队带头人手册》，参与居民四千人次以上。\n"
    "二、依托上海学习网建成街道数字化学习社区，培训银发上网学员一千二百人，形成可推广的组织模式与工作制度。"
)
OPINION = (
    "经审核，甪直路街道创建工作方案目标明确、措施具体、保障有力，重点创建工作符合本区社区教育发展规划。同意备案。\n"
    "请围绕“创新学习方法，培育学习团队”聚焦重点，明确各部门职责分工，落实专项经费，完善工作档案，按季度报送进展情况；"
    "区教育局将组织过程性指导，并于年中开展一次实地调研。"
)


def form_of(name: str) -> Form:
    """Return a form with the years and days that are published."""
    if name == "sites":
        definition, key = parse_definition(SITES.read_text(encoding="utf-8"), SITES.name), "application"
    else:
        code, key = FORMS[name]
        definition = latest_definition(code).definition
    return published_form(definition, definition.forms[key])


def empty(name: str) -> FormPaper | TableDocument:
    """Return a form as it is printed for writing in by hand, without the marks of a draft."""
    if name in ("loans", "issues"):
        return loan_register([]) if name == "loans" else issue_register([])
    paper = drawn(Content(form_of(name), {}, {}))
    return FormPaper(
        title=paper.title.removesuffix("（草稿）"), widths_mm=paper.widths_mm, rows=paper.rows, mark=paper.mark,
        landscape=paper.landscape, lines=paper.lines, note=paper.note, size_pt=paper.size_pt,
    )  # fmt: skip


def filled(name: str) -> FormPaper | TableDocument:
    """Return a form as it goes to be stamped."""
    if name == "loans":
        return loan_register(_loans(40))
    if name == "issues":
        return issue_register(_issues(23))
    unit = {"streets": "甪直路街道办事处", "sites": "句容开放大学"}.get(name, "杭州市教育技术中心")
    opinions = {"district": OPINION, "city": "同意备案。", "authority": "同意申报。"}
    content = Content(
        form_of(name), answers(name), AREAS, unit, date(2021, 4, 28), opinions, {"plan": ("附页：经费预算表.xlsx",)}, CODE,
        "第1稿，2021年4月28日报送",
    )  # fmt: skip
    return drawn(content)


def answers(name: str) -> dict[str, Any]:
    """Return answers of real length, with rare characters in names of people and places."""
    if name == "streets":
        return _streets()
    if name == "sites":
        people = [
            {"name": name, "position": post, "mobile": f"138000000{at:02}", "qq": f"100{at}00{at}"}
            for at, (name, post) in enumerate(
                zip(NAMES, ("校长", "信息中心主任", "专职管理员", "", ""), strict=False)
            )
        ]
        goals = (
            "建成有特色、有活力的县级学习网站，三年内实名注册新增三千六百人，每周更新资讯，开发吴垟、栟茶等地方文化课程三十门，"
            * 3
        )
        return {"site_name": "镇江·句容学习在线", "people": [*people, {}, {}], "goals": goals}
    return _grids(name)


def _streets() -> dict[str, Any]:
    return {
        "street_name": "上海市嘉定区甪直路街道办事处（含栟茶、垟头两个社区）",
        "head_name": "陈栟",
        "head_position": "街道党工委副书记、办事处主任",
        "head_phone": "021-63210000-8001",
        "contact_name": "欧阳㙍琳",
        "contact_position": "社会事业发展办公室副主任（主持工作）",
        "contact_phone": "021-63210086",
        "contact_mobile": "13800000000",
        "contact_email": "shequjiaoyu.bangongshi@jiading.example.cn",
        "contact_postcode": "000200",
        "contact_address": "上海市嘉定区垟头路18弄6号甲三楼社区教育办公室（近栟茶路）",
        "earlier_rounds": {"keys": ["first", "third"], "own": ""},
        "plan": PLAN,
        "key_items": {"keys": ["learning_teams"], "own": "依托甪里非遗工坊，传习地方戏曲"},
        "outcomes": OUTCOMES,
    }


def _grids(name: str) -> dict[str, Any]:
    areas = list(AREAS)
    person = [
        {
            "area": area, "name": NAMES[at % len(NAMES)], "employer": f"{AREAS[area]}教育技术中心（教育信息化发展中心）",
            "professional_title": "正高级教师", "position": "数字资源部主任", "mobile": f"138000001{at:02}",
            "person_kind": ("resources_lead", "platform_administrator", "teacher")[at % 3],
            "school_stage": STAGES[at % 5], "subject": ("道德与法治", "信息科技", "语文", "综合实践活动")[at % 4],
            "was_trainer": at % 2 == 0, "school": SCHOOLS[at % 4], "remark": "" if at % 3 else "2020年度优秀",
            "case_url": f"https://yun.zjer.cn/index.php?r=space/person/blog/view&sid=3304210000{at:02}&id=118{at:05}",
        }
        for at, area in enumerate(areas)
    ]  # fmt: skip
    reviewers = [
        {
            **person[at // 3], "name": NAMES[at % len(NAMES)], "account": f"ZJ_Shenhe{at:02}Aa", "mobile": f"138000002{at:02}",
            "professional_title": "高级教师/教研组长", "teacher_kind": ("reviewer", "shortlisted", "other")[at % 3],
            "school": SCHOOLS[at % 4],
        }
        for at in range(3 * len(areas))
    ]  # fmt: skip
    head = {"contact_name": "欧阳㙍琳", "contact_phone": "0571-87060000", "contact_mobile": "13800000001"}
    rows = person if name == "roster" else person[:5]
    more = reviewers if name == "roster" else reviewers[:6]
    parts = {"administrators": rows, "trainers": rows, "reviewers": more}
    return {
        **head,
        **{key: [{"_id": f"r{at}", **row} for at, row in enumerate(rows)] for key, rows in parts.items()},
    }


TITLE = "上海市民终身学习人文行走系列读本：从外滩到苏州河——百年建筑里的城市记忆（上、下册，附光盘）"


def _loans(count: int) -> list[LoanRegisterRow]:
    return [
        LoanRegisterRow(
            unit="栟茶镇社区（老年）学校" if at % 4 else "上海市嘉定区甪直路街道垟头社区学校",
            title=TITLE if at % 5 == 0 else "太极拳入门",
            kind=list(PrintedKind)[at % 3],
            quantity=1,
            borrower=NAMES[at % len(NAMES)],
            lent_on=date(2026, 3, 1 + at % 28),
            returned_on=date(2026, 12, 25) if at % 2 else None,
        )
        for at in range(count)
    ]


def _issues(count: int) -> list[IssueRegisterRow]:
    return [
        IssueRegisterRow(
            unit=one.unit,
            title=one.title,
            kind=one.kind,
            quantity=120,
            recipient=one.borrower,
            issued_on=one.lent_on,
        )
        for one in _loans(count)
    ]


def letters() -> dict[str, LetterPaper]:
    """Return a letter under a red head, a 函 between offices, and one that was withdrawn."""
    body = (
        "你单位报送的《2013-2014年度上海市社区教育示范街镇创建单位备案登记表》收悉。经研究，意见如下：\n"
        f"一、总体意见\n{OPINION}\n二、有关要求\n（一）完善工作档案\n{PLAN}"
    )
    document = LetterPaper(
        issuer="上海市学习型社会建设服务指导中心办公室",
        number="沪学指办〔2026〕12号",
        title="关于甪直路街道社区教育示范街镇创建工作备案的意见",
        body=body,
        dated_on=date(2026, 3, 5),
        addressee="甪直路街道办事处",
        attachments=("2013-2014年度上海市社区教育示范街镇创建单位备案登记表", "创建工作进度安排"),
        copies_to="嘉定区教育局，嘉定区社区学院。",
    )
    between = LetterPaper(
        issuer="江苏省社会教育服务指导中心",
        number="苏社指函〔2026〕3号",
        title="关于“镇江·句容学习在线”限期整改的函",
        body="经监测，你单位承建的联盟网站自2026年1月5日起未更新资讯内容。\n请于2026年4月30日前完成整改，并书面报送整改情况。\n特此函告。",
        dated_on=date(2026, 3, 25),
        addressee="句容开放大学",
        attachments=("停更栏目清单",),
        between_offices=True,
    )
    gone = LetterPaper(
        issuer="上海市教育委员会", number="沪教委终〔2026〕1号", title="关于外滩街道启动备案的批复",
        body="同意。", dated_on=date(2026, 3, 2), addressee="外滩街道", withdrawn="（本件已作废）",
    )  # fmt: skip
    return {"document": document, "between-offices": between, "withdrawn": gone}


def certificates() -> list[Certificate]:
    """Return a status with a term and an award, as definitions word them."""
    streets = latest_definition("demonstration-streets").definition.stage("summary").products[0]
    best = latest_definition("service-team-recommendation").definition.stages[0].products[1]
    words = words_for(latest_definition("demonstration-streets").definition, 2026, None, None)
    found = []
    for holder, product, until in (
        ("上海市嘉定区甪直路街道办事处", streets, date(2030, 12, 31)),
        ("阿卜杜拉·买买提江", best, None),
    ):
        text = product.certificate
        found.append(
            Certificate(
                holder=holder, words=with_words(text.words if text else "", words), award=product.title,
                office="上海市学习型社会建设服务指导中心办公室", number="2026-P1-0007-K7QXWZ", issued_on=date(2026, 12, 20),
                url="https://lianxue.example.cn/awards/proof/abcdefghijklmnopqrstuvwxyz/", valid_until=until,
            )
        )  # fmt: skip
    return found
