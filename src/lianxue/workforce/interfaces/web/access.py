"""Who may open the pages of workforce; which rows they see there is decided by the rules."""

from typing import Any

from lianxue.kernel.pages import SIGNED_IN, Access
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import ANY_POST, Chain, Role, acting_as
from lianxue.workforce.models import Appraisal
from lianxue.workforce.rules.appraisal import SELF

ORGANISERS = acting_as(Role.TIER_ADMIN)


def _stands_in_service_system(request: Any) -> bool:
    """Tell whether the actor works in the public-service system; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_in_service_system")
    if known is None:
        actor = request.actor
        known = (
            actor.role in {Role.TIER_ADMIN, Role.AUDITOR}
            and ChainNode.objects.filter(
                chain=Chain.RESOURCE_SERVICE, organisation_id=actor.organisation_id or 0
            ).exists()
        )
        request.__dict__["actor_in_service_system"] = known
    return known


def _is_appraised(request: Any) -> bool:
    known: bool | None = request.__dict__.get("actor_is_appraised")
    if known is None:
        known = bool(request.actor.person_id and Appraisal.objects.filter(SELF.rows(request.actor)).exists())
        request.__dict__["actor_is_appraised"] = known
    return known


SERVICE_SYSTEM = Access("administrators and auditors of the service system", _stands_in_service_system)
APPRAISALS = SERVICE_SYSTEM | Access("somebody who is appraised", _is_appraised)

__all__ = ["ANY_POST", "APPRAISALS", "ORGANISERS", "SERVICE_SYSTEM", "SIGNED_IN"]
