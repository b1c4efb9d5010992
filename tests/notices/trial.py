"""A kind of message for tests, and shortcuts."""

from datetime import datetime

from tests.factories.orgs import AT

from lianxue.accounts.models import Person
from lianxue.notices.models import ConfirmedAddress, Delivery
from lianxue.notices.operations.deliver import deliver_next
from lianxue.notices.operations.sending.post_office import PostOffice
from lianxue.notices.public import KINDS, register_kind
from lianxue.notices.tasks import confirm_path

KIND = "trial.news"
if KIND not in KINDS:
    register_kind(KIND, "News", "When something is new.")


def confirm(person_id: int | None, email: str = "wang@example.org") -> None:
    """Give a person an address and count it as confirmed."""
    Person.objects.filter(pk=person_id).update(email=email)
    ConfirmedAddress.objects.create(person_id=person_id, email=email, confirmed_at=AT)


def send_all(at: datetime = AT) -> list[tuple[str, str]]:
    """Send everything that is due; return state and reason of every delivery."""
    with PostOffice() as post_office:
        while deliver_next(at=at, post_office=post_office, confirm_path=confirm_path):
            pass
    return list(Delivery.objects.order_by("id").values_list("state", "reason"))
