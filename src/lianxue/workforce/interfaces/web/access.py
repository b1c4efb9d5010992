"""Who may open the pages of workforce; which rows they see there is decided by the rules."""

from typing import Any

from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.kernel.pages import SIGNED_IN, Access
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import ANY_POST, Actor, Chain, Role, acting_as
from lianxue.workforce.models import Appraisal
from lianxue.workforce.rules.appraisal import SELF

ORGANISERS = acting_as(Role.TIER_ADMIN)


def _stands_in_service_system(request: Any) -> bool:
    """Tell whether the actor works in the public-service system; looked up once a request."""
    known: bool | None = request.__dict__.get("actor_in_service_system")
    if known is None:
        actor = request.actor
        known = actor.role in {Role.TIER_ADMIN, Role.AUDITOR} and _in_service_system.exists(
            organisation_id=actor.organisation_id or 0
        )
        request.__dict__["actor_in_service_system"] = known
    return known


def _is_appraised(request: Any) -> bool:
    known: bool | None = request.__dict__.get("actor_is_appraised")
    if known is None:
        known = bool(request.actor.person_id) and _appraised.exists(actor=request.actor)
        request.__dict__["actor_is_appraised"] = known
    return known


@kept
def _in_service_system(organisation_id: int) -> QuerySet[ChainNode]:
    return ChainNode.objects.filter(chain=Chain.RESOURCE_SERVICE, organisation_id=organisation_id)


@kept
def _appraised(actor: Actor) -> QuerySet[Appraisal]:
    return Appraisal.objects.filter(SELF.rows(actor))


SERVICE_SYSTEM = Access("administrators and auditors of the service system", _stands_in_service_system)
APPRAISALS = SERVICE_SYSTEM | Access("somebody who is appraised", _is_appraised)

__all__ = ["ANY_POST", "APPRAISALS", "ORGANISERS", "SERVICE_SYSTEM", "SIGNED_IN"]
