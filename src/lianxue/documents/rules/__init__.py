"""Who may see and issue letters."""

from django.db.models import Q

from lianxue.kernel.rules import NO_ROWS, Rule, rule
from lianxue.orgs.public import Actor

# Its issuer's administrators and those of the organisation that it is addressed to.
SEES_LETTER: Rule[Actor] = rule(
    "issued or addressed to the own organisation",
    holds=lambda actor, letter: (
        actor.is_administrator
        and actor.organisation_id is not None
        and actor.organisation_id in (letter.issuer_id, letter.addressee_organisation_id)
    ),
    rows=lambda actor: (
        Q(issuer_id=actor.organisation_id) | Q(addressee_organisation_id=actor.organisation_id)
        if actor.is_administrator and actor.organisation_id is not None
        else NO_ROWS
    ),
)

ISSUED_LETTER: Rule[Actor] = rule(
    "issued by the own organisation",
    holds=lambda actor, letter: actor.is_administrator and actor.organisation_id == letter.issuer_id,
    rows=lambda actor: Q(issuer_id=actor.organisation_id) if actor.is_administrator else NO_ROWS,
)
