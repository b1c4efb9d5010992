"""The photographs of an effect report (S0-53): checked and kept like those of the display corner."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from lianxue.distribution.flows.effect_report import EFFECT_REPORT_FLOW
from lianxue.distribution.models import EffectReport, EffectReportPicture
from lianxue.distribution.operations.reports.save_effect_report import lock_report
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid
from lianxue.kernel.files import store_picture
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor, Organisation

CAPTION_LENGTH = 120


@operation("distribution.add_report_picture", label=_("Add a photograph to an effect report"))
def add_report_picture(
    *,
    actor: Actor,
    at: datetime,
    point: Organisation,
    year: int,
    upload: File[bytes],
    caption: str,
    request_key: str | None = None,
) -> EffectReportPicture:
    """Add a photograph with what it shows; it begins the report if nobody has yet.

    Raise ``WrongState``, ``NotAllowed``, ``Unmet`` when the report is full, or ``Invalid`` when the file is not a
    picture we can take or nothing is said about it.
    """
    report, _is_new = lock_report(actor=actor, at=at, point=point, year=year)
    EFFECT_REPORT_FLOW.require("add_report_picture", actor=actor, subject=report, at=at)
    words = caption.strip()
    if not words or len(words) > CAPTION_LENGTH:
        raise Invalid(fields={"caption": _("Please say in at most 120 characters what it shows.")})
    picture = EffectReportPicture.objects.create(
        report=report, picture=store_picture(upload, person_id=actor.person_id, at=at), caption=words, at=at
    )
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.add_report_picture",
        subject=picture,
        after=audit.snapshot(picture, "report", "picture", "caption"),
    )
    return picture


@operation("distribution.remove_report_picture", label=_("Take a photograph out of an effect report"))
def remove_report_picture(
    *, actor: Actor, at: datetime, picture: EffectReportPicture, request_key: str | None = None
) -> None:
    """Take a photograph out again; a second press finds it gone. Raise ``WrongState`` or ``NotAllowed``."""
    report = EffectReport.objects.select_for_update().get(pk=picture.report_id)
    EFFECT_REPORT_FLOW.require("remove_report_picture", actor=actor, subject=report, at=at)
    row = EffectReportPicture.objects.select_related("picture").filter(pk=picture.pk).first()
    if row is None:
        return
    audit.record(
        actor=actor,
        at=at,
        verb="distribution.remove_report_picture",
        subject=row,
        before=audit.snapshot(row, "report", "picture", "caption"),
    )
    stored = row.picture
    row.delete()
    stored.delete()  # the file itself goes with the nightly sweep, unless somebody else sent in the same
