"""What must be filled in before a contribution can be sent in."""

from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text
from lianxue.resources.enums import ResourceKind
from lianxue.resources.models import Contribution


def missing_from(contribution: Contribution) -> dict[str, Text]:
    """Return, for each field that keeps the contribution from being sent in, what to do about it."""
    missing: dict[str, Text] = {}
    if not contribution.title.strip():
        missing["title"] = _("Please give the title.")
    if contribution.category_id is None:
        missing["category"] = _("Please choose a subject category.")
    if not contribution.description.strip():
        missing["description"] = _("Please describe the resource in a few sentences.")
    if contribution.kind == ResourceKind.ONLINE:
        if not contribution.online_url:
            missing["online_url"] = _("Please give the web address at which it is used.")
    elif contribution.copies_offered < 1:
        missing["copies_offered"] = _("Please say how many copies you offer.")
    return missing | undeclared_rights(contribution)


def undeclared_rights(contribution: Contribution) -> dict[str, Text]:
    """Return what is missing from the declaration of rights (S0-40: 拥有自主知识产权的优质资源)."""
    missing: dict[str, Text] = {}
    if not contribution.rights_holder.strip():
        missing["rights_holder"] = _("Please name the holder of the rights.")
    if not contribution.rights_declared:
        missing["rights_declared"] = _(
            "Please declare the rights. Without the declaration nothing can be sent in."
        )
    return missing
