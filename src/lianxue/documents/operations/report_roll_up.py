"""The effect reports of an area in one volume (S0-30, S0-53): figures with charts, the words of the points by chapter."""

from collections.abc import Sequence

from lianxue.documents.models import ReportRollUp, RollUpUnit, UnitPoints, UnitQuotations
from lianxue.documents.operations.effect_report import paragraphs
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, written_day

TITLE = "上海终身教育配送资源使用效果报告汇编"
NOBODY = "（无）"


def report_roll_up(volume: ReportRollUp) -> bytes:
    """Return the volume as PDF."""
    return pdf(
        template("report_roll_up.typ"),
        {
            "title": TITLE,
            "area": volume.area,
            "year": f"（{volume.year}年度）",
            "standing": _standing(volume),
            "units": [_line(unit) for unit in volume.units],
            "charts": [
                {"title": "提交报告的学习点（%）", "bars": [_share(unit) for unit in volume.units]},
                {
                    "title": "收到资源（份）",
                    "bars": [[u.name, u.received, str(u.received)] for u in volume.units],
                },
                {
                    "title": "借阅和发放（份）",
                    "bars": [[u.name, u.lent + u.issued, str(u.lent + u.issued)] for u in volume.units],
                },
            ],
            "figures": [[figure.label, str(figure.value)] for figure in volume.figures],
            "chapters": [
                {"title": "三、资源发放和使用对象", "units": _words(volume.recipients)},
                {"title": "四、资源发放和使用形式", "units": _words(volume.forms)},
                {"title": "五、资源使用效果", "units": _words(volume.effects)},
                {"title": "六、意见和建议", "units": _words(volume.suggestions)},
            ],
            "late": _names(volume.late),
            "missing": _names(volume.missing),
            "nobody": NOBODY,
            "day": written_day(volume.made_on),
        },
    )


def _standing(volume: ReportRollUp) -> str:
    points = sum(unit.points for unit in volume.units)
    handed_in = sum(unit.handed_in for unit in volume.units)
    late = sum(unit.late for unit in volume.units)
    return (
        f"应提交{points}份，截至{written_day(volume.made_on)}已提交{handed_in}份，其中逾期{late}份，"
        f"未提交{points - handed_in}份。提交期限为{written_day(volume.due_on)}之前。"
    )


def _line(unit: RollUpUnit) -> list[str]:
    numbers = (unit.points, unit.handed_in, unit.late, unit.points - unit.handed_in)
    return [unit.name, *(str(n) for n in (*numbers, unit.received, unit.lent, unit.issued))]


def _share(unit: RollUpUnit) -> list[object]:
    percent = round(unit.handed_in * 100 / unit.points) if unit.points else 0
    return [unit.name, percent, f"{percent}"]


def _words(chapter: Sequence[UnitQuotations]) -> list[dict[str, object]]:
    return [
        {"unit": unit.unit, "quotations": [[one.point, paragraphs(one.words)] for one in unit.quotations]}
        for unit in chapter
    ]


def _names(units: Sequence[UnitPoints]) -> list[list[str]]:
    return [[unit.unit, "、".join(unit.points)] for unit in units]
