"""Who signs in: people with account names, read by a statement that is kept, since every request reads one."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from lianxue.accounts.models import Person
from lianxue.kernel.kept import kept


@kept
def _people(pk: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class Accounts(ModelBackend):
    """Django's own backend with another way to read the person of a session."""

    def get_user(self, user_id: int) -> Person | None:
        """Return the person whom the session is of, unless the account was closed."""
        person = _people.first(pk=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
