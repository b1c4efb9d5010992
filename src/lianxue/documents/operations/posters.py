"""What hangs on the wall of a point: the sign of the display corner, and the invitation to say what one needs."""

from lianxue.documents.models import DisplaySign, NeedPoster, OnlinePoster
from lianxue.documents.operations.templates import template
from lianxue.kernel.rendering import pdf, qr_svg, written_day

ISSUER = "上海市学习型社会建设服务指导中心办公室"  # S0-08; S0-55: 市学指办将提供样张
SIGN_WORDS = ("上海终身教育资源", "配送展示区")  # one name, broken where it is spoken


def display_sign(sign: DisplaySign) -> bytes:
    """Return the sign 上海终身教育资源配送展示区 that must hang over the corner (S0-54, S0-55), as PDF."""
    return pdf(
        template("display_sign.typ"),
        {
            "title": "".join(SIGN_WORDS),
            "words": list(SIGN_WORDS),
            "point": sign.point,
            "issuer": ISSUER,
            "paper": sign.paper,
        },
    )


def need_poster(poster: NeedPoster) -> bytes:
    """Return the A4 poster that invites teachers and learners to say what they need (S0-41), as PDF."""
    return pdf(
        template("need_poster.typ"),
        {
            "title": "请告诉我们您需要什么学习资源",
            "point": poster.point,
            "url": poster.url,
            "qr": qr_svg(poster.url, border=2),
            "until": written_day(poster.until) if poster.until else "",
        },
    )


def online_poster(poster: OnlinePoster) -> bytes:
    """Return the A4 sheet with the QR code that opens an online title (S0-05), as PDF."""
    return pdf(
        template("online_poster.typ"),
        {
            "title": poster.title,
            "point": poster.point,
            "url": poster.url,
            "qr": qr_svg(poster.url, border=2),
            "until": written_day(poster.until),
            "handed_to": poster.handed_to,
        },
    )
