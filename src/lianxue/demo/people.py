"""The people whom a visitor of the demonstration can be, with the words that describe them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from lianxue.demo.accounts import read_accounts
from lianxue.orgs.public import Post, actor_for


@dataclass(frozen=True)
class DemonstrationPerson:
    """One person to be: account name, name, role and organisation in words, and what to try."""

    username: str
    name: str
    role: str
    organisation: str
    to_try: str
    initial: str


def demonstration_people() -> list[DemonstrationPerson]:
    """Return the people in the order of the data file; those not in the database are left out."""
    accounts = read_accounts()
    posts: dict[str, Post] = {}
    for post in Post.objects.select_related("person", "organisation").filter(
        person__username__in=[account.username for account in accounts]
    ):
        posts.setdefault(post.person.username, post)
    english = (get_language() or "").startswith("en")
    people = []
    for account in accounts:
        first = posts.get(account.username)
        if first is None:
            continue
        acting = actor_for(first.person, first)
        people.append(
            DemonstrationPerson(
                username=account.username,
                name=account.full_name,
                role=str(acting.role_label),
                organisation=first.organisation.name,
                to_try=account.try_en if english else account.try_zh,
                initial=account.full_name[:1],
            )
        )
    return people
