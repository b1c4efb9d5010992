"""Who the token acts as."""

from datetime import datetime

from ninja import Router, Schema
from pydantic import Field

from lianxue.kernel.api.calling import ApiRequest
from lianxue.orgs.models import ApiToken

router = Router(tags=["the token itself"])


class MeOut(Schema):
    """The post under which the token acts, and what it may do."""

    person: str
    organisation_id: int
    organisation: str
    role: str
    tier: int | None = Field(description="depth in the distribution chain, 1 = office; null: outside it")
    scopes: list[str]
    expires_at: datetime


@router.get("/me", response=MeOut, operation_id="read_me")
def read_me(request: ApiRequest) -> MeOut:
    """Who the token acts as. Every valid token may ask."""
    token = ApiToken.objects.get(pk=request.auth.token_id)
    return MeOut(
        person=request.actor.person_name,
        organisation_id=request.actor.organisation_id,
        organisation=request.actor.organisation_name,
        role=request.actor.role,
        tier=request.actor.tier,
        scopes=token.scopes,
        expires_at=token.expires_at,
    )
