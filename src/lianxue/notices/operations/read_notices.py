"""Having read what one was told."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.operation import operation
from lianxue.kernel.rules import visible
from lianxue.notices.models import Notice
from lianxue.notices.rules import OWN_NOTICE
from lianxue.orgs.public import Actor


@operation("notices.read", label=_("Mark messages as read"))
def read_notices(*, actor: Actor, at: datetime, notice_ids: Collection[int] | None = None) -> None:
    """Mark one's own notices as read, or all of them (None). Not audited: it changes nothing for others."""
    rows = visible(Notice.objects.filter(read_at=None), OWN_NOTICE, actor)
    if notice_ids is not None:
        rows = rows.filter(pk__in=notice_ids)
    rows.update(read_at=at)
