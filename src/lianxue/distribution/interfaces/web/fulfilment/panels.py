"""How the actor's area is doing, on the home page."""

from datetime import datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from lianxue.distribution.queries.figures import (
    ON_THE_WAY,
    OVERDUE,
    RECEIVED,
    ReceivingFigures,
    UseFigures,
    receiving,
    use_figures,
)
from lianxue.distribution.queries.shipments import faulty, shipments_seen
from lianxue.distribution.queries.standing import newest_allocated_round, supervises
from lianxue.kernel.clock import local_date
from lianxue.kernel.pages import Panel
from lianxue.orgs.public import Actor, Role

OFFICE_TIER = 1
CODE_DIGITS = 6  # of a district in the map


def panels_fulfilment(actor: Actor, at: datetime) -> list[Panel]:
    """Return receiving and use of the actor's area."""
    today = local_date(at)
    if actor.role == Role.SUPPLIER_CLERK:
        return [Panel("distribution/home/faults.html", _faults(actor))]
    above = supervises(actor)
    at_point = actor.role in (Role.TIER_ADMIN, Role.DESK_CLERK) and actor.tier is not None
    if not above and not at_point:
        return []
    use = Panel("distribution/home/use.html", _use(use_figures(actor, today)))
    round_ = newest_allocated_round(actor) if above else None
    if round_ is None:
        return [use]
    figures = receiving(actor, round_, today)
    context = {**_faults(actor), **_receiving(figures, with_map=actor.tier == OFFICE_TIER)}
    return [Panel("distribution/home/receiving.html", context, wide=actor.tier == OFFICE_TIER), use]


def _faults(actor: Actor) -> dict[str, Any]:
    return {
        "faults": faulty(shipments_seen(actor)).count(),
        "faults_url": reverse("distribution:shipments") + "?state=faulty",
    }


def _receiving(figures: ReceivingFigures, *, with_map: bool) -> dict[str, Any]:
    words = {RECEIVED: _("received"), ON_THE_WAY: _("on the way"), OVERDUE: _("overdue")}
    areas = [
        {
            "code": district.code[:CODE_DIGITS],
            "name": district.name or _("no district"),
            "state": district.state,
            "value": _("%(received)d of %(points)d points have received")
            % {"received": district.received, "points": district.points},
        }
        for district in figures.districts
    ]
    legend = [
        {"key": RECEIVED, "label": words[RECEIVED], "tone": "success", "count": figures.received},
        {"key": ON_THE_WAY, "label": words[ON_THE_WAY], "tone": "waiting", "count": figures.on_the_way},
        {"key": OVERDUE, "label": words[OVERDUE], "tone": "danger", "count": figures.overdue},
    ]
    shipments = reverse("distribution:shipments")
    return {
        "figures": figures,
        "areas": areas if with_map else [],
        "legend": legend,
        "source": static("web/geo/shanghai-districts.json"),
        "round_url": f"{shipments}?round={figures.round.pk}",
        "overdue_url": f"{shipments}?round={figures.round.pk}&state=overdue",
    }


def _use(figures: UseFigures) -> dict[str, Any]:
    return {
        "figures": figures,
        "labels": [f"{month:%Y-%m}" for month in figures.months],
        "series": [
            {"name": _("Lent"), "values": figures.lent_by_month},
            {"name": _("Issued"), "values": figures.issued_by_month},
        ],
        "loans_url": reverse("distribution:register-loans"),
        "overdue_url": reverse("distribution:register-loans") + "?state=overdue",
        "issues_url": reverse("distribution:register-issues"),
    }
