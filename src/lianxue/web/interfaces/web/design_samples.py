"""What the parts at /design/ are shown with: invented rows, no database."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from lianxue.kernel import clock
from lianxue.kernel.pages import Waiting
from lianxue.kernel.rendering import FormCell, FormPaper, FormRow

TITLES = (
    ("智慧生活：老年人手机入门", "上海教育音像出版社", "图书", 320, "accepted"),
    ("太极养生二十四式", "徐汇区社区学院", "光盘", 180, "submitted"),
    ("海派剪纸技法", "静安区社区学院", "图书", 96, "returned"),
    ("家庭急救常识", "浦东新区社区学院", "图书", 240, "accepted"),
    ("沪语童谣一百首", "长宁区社区学院", "其它", 60, "draft"),
)
STATES = {
    "accepted": _("accepted"),
    "submitted": _("submitted"),
    "returned": _("sent back"),
    "draft": _("draft"),
}

TONES = {"accepted": "success", "submitted": "waiting", "returned": "warning", "draft": "neutral"}


@dataclass(frozen=True)
class Title:
    """One row of the sample list."""

    name: str
    unit: str
    kind: str
    copies: int
    state: str

    def get_state_display(self) -> str:
        """Return the name of the state, as a model would."""
        return str(STATES[self.state])


@dataclass(frozen=True)
class SampleHeading:
    """A column heading, as ``kernel.pages.Heading``."""

    title: Any
    sort_query: str = ""
    direction: str = ""


@dataclass(frozen=True)
class SampleListing:
    """A list without a database, as ``kernel.pages.Listing``."""

    page: Page[Title]
    headings: list[SampleHeading] = field(default_factory=list)
    export_query: str = "?export=xlsx"


class SampleForm(forms.Form):
    """Every kind of field."""

    title = forms.CharField(label=_("Title"), help_text=_("As it stands on the cover."), max_length=60)
    kind = forms.ChoiceField(
        label=_("Resource type"),
        choices=[("book", _("Book")), ("disc", _("Disc")), ("other", _("Other"))],
        widget=forms.RadioSelect,
    )
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=9999)
    available_on = forms.DateField(
        label=_("Available from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    district = forms.ChoiceField(
        label=_("District"), choices=[("", "—"), ("310104", "徐汇区"), ("310106", "静安区")]
    )
    audience = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        choices=[("teacher", _("Teacher")), ("learner", _("Learner"))],
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cover = forms.FileField(label=_("Photograph of the cover"), required=False)
    rights = forms.BooleanField(label=_("The rights in this work are ours"))


class SampleFilter(forms.Form):
    """A filter above a list."""

    text = forms.CharField(label=_("Words"), required=False)
    kind = forms.ChoiceField(
        label=_("Resource type"),
        required=False,
        choices=[("", _("all")), ("book", _("Book")), ("disc", _("Disc"))],
    )


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return what the examples name."""
    today = clock.today()
    return {
        "paper": _paper(),
        "request": request,
        "listing": _listing(),
        "nothing": [],
        "form": SampleForm(prefix="sample"),
        "refused_form": _refused_form(),
        "filter_form": SampleFilter(request.GET),
        "today": today,
        "soon": today + timedelta(days=5),
        "later": today + timedelta(days=40),
        "past": today - timedelta(days=2),
        **_status(today),
        **_pictures(),
        **_figures(),
    }


def _paper() -> FormPaper:
    def label(text: str, down: int = 1) -> FormCell:
        return FormCell(text=text, down=down, is_label=True)

    rows = (
        (label("街道（乡镇）\n名称"), FormCell(text="外滩街道办事处", across=4)),
        (
            label("街道（乡镇）\n负责人", 2),
            label("姓名"),
            FormCell(text="陈栟"),
            label("职务"),
            FormCell(text="主任"),
        ),
        (label("联系电话"), FormCell(text="021-63210000", across=3)),
        (
            label("以往参加\n工作经历"),
            FormCell(
                across=4,
                align="left",
                boxes=((True, "参加第一轮"), (False, "参加第二轮"), (False, "从未参与")),
            ),
        ),
        (
            label("指导意见"),
            FormCell(
                text="同意备案。", across=4, align="left", sign=("负责人签字：", "公章：", "　　年　月　日")
            ),
        ),
    )
    return FormPaper(
        title="社区教育示范街镇创建单位备案登记表",
        mark="附件：",
        widths_mm=(40, 25, 40, 25, 40),
        rows=tuple(FormRow(cells=cells) for cells in rows),
    )


def _listing() -> SampleListing:
    rows = [Title(*row) for row in TITLES] * 9
    headings = [
        SampleHeading(_("Title"), "?sort=-name", "ascending"),
        SampleHeading(_("Unit")),
        SampleHeading(_("Resource type"), "?sort=kind"),
        SampleHeading(_("Copies"), "?sort=copies"),
        SampleHeading(_("State")),
    ]
    return SampleListing(Paginator(rows, 5).get_page(2), headings)


def _refused_form() -> SampleForm:
    form = SampleForm({"wrong-title": "海派剪纸技法", "wrong-copies": "0"}, prefix="wrong")
    form.is_valid()
    form.add_error(None, _("This round takes no more demand."))
    return form


def _status(today: date) -> dict[str, Any]:
    return {
        "waiting_items": [
            Waiting(_("Check what arrived"), "#waiting", 3, today - timedelta(days=1), "PS-2025-0412"),
            Waiting(_("Agree the demand of your points"), "#waiting", 14, today + timedelta(days=4)),
            Waiting(_("Write the effect report"), "#waiting", 1, date(today.year + 1, 11, 20)),
        ],
        "process": [
            {"label": _("Demand"), "state": "done", "detail": "3月1日 – 3月20日"},
            {"label": _("Aggregate"), "state": "done", "detail": "21 / 21"},
            {"label": _("Allocate"), "state": "current", "detail": _("now")},
            {"label": _("Dispatch"), "state": "todo"},
            {"label": _("Receive"), "state": "todo"},
        ],
        "history": [
            {
                "title": _("accepted"),
                "tone": "success",
                "at": clock.now(),
                "by": "王敏 · 市学指办",
                "note": "内容翔实，适合老年学员。",
            },
            {
                "title": _("sent back"),
                "tone": "warning",
                "at": clock.now() - timedelta(days=6),
                "by": "李建国 · 徐汇区社区学院",
                "note": "请补充封面照片。",
            },
            {
                "title": _("submitted"),
                "tone": "waiting",
                "at": clock.now() - timedelta(days=9),
                "by": "陈丽华 · 徐家汇街道社区学校",
            },
        ],
        "way": [
            {
                "label": _("Demand"),
                "value": 12,
                "detail": "徐家汇街道社区学校",
                "state": "done",
                "url": "#trace",
            },
            {"label": _("Agreed"), "value": 10, "detail": "徐汇区社区学院", "state": "done"},
            {"label": _("Allocated"), "value": 8, "detail": "市学指办", "state": "done"},
            {"label": _("Shipped"), "value": 8, "detail": "PS-2025-0412", "state": "done", "url": "#trace"},
            {"label": _("Received"), "value": 7, "detail": _("1 missing"), "state": "problem"},
            {"label": _("On display"), "value": 1, "detail": "一楼阅览室", "state": "current"},
            {"label": _("Lent"), "value": "—", "state": "todo"},
        ],
        "tab_items": [
            {"label": _("Lines"), "url": "#tabs", "current": True, "count": 42},
            {"label": _("History"), "url": "#tabs", "count": 6},
            {"label": _("Files"), "url": "#tabs"},
        ],
    }


def _pictures() -> dict[str, Any]:
    shelf = static("web/sample-shelf.svg")
    return {
        "photo_items": [
            {"url": shelf, "caption": "一楼阅览室，3月18日", "alt": _("A shelf with books")},
            {"url": shelf, "caption": "二楼走廊，3月19日", "alt": _("A shelf with books")},
        ],
        "file_items": [
            {"url": "#files", "name": "上海终身教育资源借阅记录表", "detail": "XLSX · 24 KB", "kind": "xlsx"},
            {"url": "#files", "name": "上海终身教育资源借阅记录表", "detail": "DOCX · 31 KB", "kind": "docx"},
            {"url": "#files", "name": "上海终身教育资源借阅记录表", "detail": "PDF · 88 KB", "kind": "pdf"},
        ],
        "card_items": [
            {
                "title": name,
                "url": "#cards",
                "kicker": f"{kind} · {unit}",
                "text": f"{copies} 份",
                "badge": str(STATES[state]),
                "tone": TONES[state],
            }
            for name, unit, kind, copies, state in TITLES[:3]
        ],
        "qr": SAMPLE_QR,
    }


def _figures() -> dict[str, Any]:
    districts = ["黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "浦东新区"]
    codes = ["310101", "310104", "310105", "310106", "310107", "310109", "310110", "310115"]
    states = ["received", "received", "due", "received", "overdue", "due", "received", "due"]
    received = [11, 13, 7, 14, 3, 5, 12, 21]
    points = [12, 13, 10, 14, 10, 8, 12, 36]
    return {
        "districts": districts,
        "months": [f"{month}月" for month in range(1, 13)],
        "received_series": [{"name": str(_("Received")), "values": received}],
        "split_series": [
            {"name": str(_("Received")), "values": received},
            {
                "name": str(_("Not yet")),
                "values": [all_ - got for all_, got in zip(points, received, strict=True)],
            },
        ],
        "loan_series": [
            {"name": str(_("Loans")), "values": [42, 38, 65, 71, 80, 66, 50, 48, 77, 92, 88, 60]},
            {"name": str(_("Brought back")), "values": [30, 35, 50, 66, 74, 70, 52, 46, 60, 81, 84, 71]},
        ],
        "kinds": [str(_("Book")), str(_("Disc")), str(_("Other"))],
        "kind_series": [{"name": str(_("Copies")), "values": [620, 240, 85]}],
        "areas": [
            {"code": code, "name": name, "state": state, "value": f"{got} / {total}", "url": "#map"}
            for code, name, state, got, total in zip(codes, districts, states, received, points, strict=True)
        ],
        "legend": [
            {
                "key": "received",
                "label": _("All received"),
                "tone": "success",
                "count": states.count("received"),
            },
            {"key": "due", "label": _("Not yet"), "tone": "waiting", "count": states.count("due")},
            {"key": "overdue", "label": _("Overdue"), "tone": "danger", "count": states.count("overdue")},
        ],
        "map_source": static("web/geo/shanghai-districts.json"),
    }


SAMPLE_QR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape-rendering="crispEdges">'
    '<path fill="#fff" d="M0 0h29v29H0z"/><path fill="#1c2422" d="M2 2h7v7H2zM20 2h7v7h-7zM2 20h7v7H2zM11 3h2v2h-2zM15 2h2v3h-2z'
    "M12 7h4v2h-4zM3 11h2v3H3zM7 12h3v2H7zM12 11h5v3h-5zM20 11h3v2h-3zM25 12h2v4h-2zM11 16h3v3h-3zM16 16h2v5h-2zM20 15h4v3h-4z"
    'M5 16h3v2H5zM12 22h3v4h-3zM18 23h3v2h-3zM23 20h4v2h-4zM24 24h3v3h-3z"/>'
    '<path fill="#fff" d="M3 3h5v5H3zM21 3h5v5h-5zM3 21h5v5H3z"/><path fill="#1c2422" d="M4 4h3v3H4zM22 4h3v3h-3zM4 22h3v3H4z"/></svg>'
)
