"""Make the whole catalogue findable anew, when words are cut differently than before."""

from django.db import transaction

from lianxue.resources.models import CatalogueEntry
from lianxue.resources.operations.publishing import make_findable

AT_ONCE = 500


def reindex_catalogue() -> int:
    """Cut the text of every entry into words again; return how many entries there are.

    Each part is one transaction over locked rows, so this may run beside the live platform. No text changes, so
    nothing is written to the audit trail.
    """
    done, last = 0, 0
    while True:
        with transaction.atomic():
            rows = CatalogueEntry.objects.select_for_update(of=("self",)).select_related(
                "provider", "category"
            )
            some = list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
            for entry in some:
                make_findable(entry)
            CatalogueEntry.objects.bulk_update(some, ["search_vector"])
        if not some:
            return done
        done, last = done + len(some), some[-1].pk
