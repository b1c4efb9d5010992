"""The addresses of the desk, its papers, and the registers."""

from lianxue.distribution.models import Reservation
from lianxue.kernel import clock
from tests.walk.fulfilment import IN_NETWORK, STAFF, _pressed, at_point, fixed, thing
from tests.walk.world import POINT, Address, Kwargs, World

a_loan = thing(pk=lambda there: there.loan.pk)
an_issue = thing(pk=lambda there: there.issue.pk)
own_title = fixed(entry_id=1)


def a_reservation(world: World, role: str, own: bool) -> Kwargs | None:
    """Return a reservation at the role's own point, or at a foreign one."""
    point = world.point(role, own)
    if point is None:
        return None
    there = at_point(world, point)
    row = world.once(
        f"reservation at {point.pk}",
        lambda: Reservation.objects.create(
            point=point, entry=there.loan.title.entry, borrower_name="李桂英", reserved_at=clock.now()
        ),
    )
    return {"pk": row.pk}


ADDRESSES = {
    "distribution:desk": Address(opens_to=STAFF),
    "distribution:desk-scan": _pressed(STAFF, fixed()),
    "distribution:desk-readers": Address(opens_to=STAFF, answer=302),
    "distribution:desk-terms": Address(opens_to=frozenset({POINT})),
    "distribution:desk-lend": _pressed(STAFF, own_title),
    "distribution:desk-issue": _pressed(STAFF, own_title),
    "distribution:desk-reserve": _pressed(STAFF, own_title),
    "distribution:labels": Address(opens_to=STAFF),
    "distribution:class-list": Address(opens_to=STAFF),
    "distribution:class-list-blank": Address(opens_to=STAFF),
    "distribution:reservations": Address(opens_to=STAFF),
    "distribution:reservation-cancel": _pressed(STAFF, a_reservation),
    "distribution:loan": Address(opens_to=IN_NETWORK, example=a_loan),
    "distribution:loan-return": _pressed(STAFF, a_loan),
    "distribution:loan-renew": _pressed(STAFF, a_loan),
    "distribution:loan-undo": _pressed(STAFF, a_loan),
    "distribution:loan-lost": _pressed(STAFF, a_loan),
    "distribution:loan-phone": _pressed(STAFF, a_loan),
    "distribution:issue": Address(opens_to=STAFF, example=an_issue),
    "distribution:register-import": Address(opens_to=STAFF, example=fixed(which="loans")),
    "distribution:register-loans": Address(opens_to=IN_NETWORK),
    "distribution:register-loans-file": Address(opens_to=IN_NETWORK, example=fixed(ending="xlsx")),
    "distribution:register-issues": Address(opens_to=IN_NETWORK),
    "distribution:register-issues-file": Address(opens_to=IN_NETWORK, example=fixed(ending="docx")),
}
