"""Taking a form away as a file: it holds personal data in full, so it is written down who took which."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianxue.kernel import audit
from lianxue.kernel.errors import NotFound
from lianxue.kernel.operation import operation
from lianxue.kernel.rendering import FormPaper
from lianxue.orgs.public import Actor
from lianxue.programmes.models import Filing, FilingRevision
from lianxue.programmes.queries.papers import paper_of
from lianxue.programmes.rules.filing import FILLS_IN, OPENS_PAPER


@operation("programmes.take_form_away", label=_("Take a filled-in form away"))
def take_form_away(
    *,
    actor: Actor,
    at: datetime,
    filing: Filing,
    revision: FilingRevision | None = None,
    ending: str = "",
) -> FormPaper:
    """Return the paper of a revision, or of the draft; who took it, and as what kind of file, is in the trail.

    Raise ``NotFound`` for whoever may not open it; a draft is the unit's own.
    """
    rule = FILLS_IN if revision is None else OPENS_PAPER
    if not rule.holds(actor, filing) or (revision is not None and revision.filing_id != filing.pk):
        raise NotFound
    paper = paper_of(filing, revision)
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.take_form_away",
        subject=filing,
        after={"revision": revision.number if revision else 0, "file": ending},
    )
    return paper
