"""What is told about the yearly selections: to everybody that the weights stand, to the chosen that they are."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.distribution.events import SelectionDecided, SelectionPublished
from lianxue.distribution.models import Selection
from lianxue.distribution.queries.selections.reading import chosen_in
from lianxue.kernel.events import subscribe
from lianxue.notices.public import notify, register_kind
from lianxue.orgs.models import ChainNode
from lianxue.orgs.public import Chain

SELECTION = "distribution.selection"


def connect_selections() -> None:
    """Listen to what is published and decided."""
    register_kind(
        SELECTION,
        gettext_lazy("Yearly selections"),
        gettext_lazy("When weights are published, and when your own unit is chosen."),
    )
    subscribe(SelectionPublished, _tell_of_weights)
    subscribe(SelectionDecided, _tell_the_chosen)


def _tell_of_weights(event: SelectionPublished) -> None:
    selection = Selection.objects.get(pk=event.selection_id)
    below = ChainNode.objects.filter(
        chain=Chain.DISTRIBUTION,
        path__contains=f"/{selection.office_id}/",
        organisation__is_active=True,
    ).exclude(organisation_id=selection.office_id)
    notify(
        at=event.at,
        kind=SELECTION,
        title=lambda: _("What counts for %(selection)s is published") % {"selection": selection},
        url=reverse("distribution:selection", args=[selection.pk]),
        once_key=f"selection-published-{selection.pk}",
        organisation_ids=list(below.values_list("organisation_id", flat=True)),
    )


def _tell_the_chosen(event: SelectionDecided) -> None:
    selection = Selection.objects.get(pk=event.selection_id)
    notify(
        at=event.at,
        kind=SELECTION,
        title=lambda: _("Chosen: %(selection)s") % {"selection": selection},
        url=reverse("distribution:selection", args=[selection.pk]),
        once_key=f"selection-decided-{selection.pk}",
        organisation_ids=sorted(set(chosen_in(selection).values_list("organisation_id", flat=True))),
    )
