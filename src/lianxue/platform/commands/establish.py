"""`lianxue establish`: the first office and its first administrator, who then appoint everybody else."""

import argparse
import secrets

from lianxue.platform.installation import database_at_hand, prepare_environment
from lianxue.platform.trouble import Trouble

# No letters or digits that look alike on a slip of paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="lianxue establish",
        description="Register the office at the top of an empty installation and its first administrator. "
        "Everybody else is appointed on the pages, one level at a time.",
    )
    parser.add_argument(
        "--province", required=True, help="two digits of the division code, for example 31 for Shanghai"
    )
    parser.add_argument("--code", required=True, help="a short code for the office, for example SH-GO")
    parser.add_argument("--office", required=True, help="its full name")
    parser.add_argument("--username", required=True, help="account name of the administrator")
    parser.add_argument("--name", required=True, help="the administrator's own name")
    options = parser.parse_args(arguments)
    prepare_environment()
    with database_at_hand():
        import django

        django.setup()
        from lianxue.platform import preparation

        preparation.check_database()
        preparation.migrate()
        password = _establish(options)
    print(
        f"{options.office} is registered. {options.name} signs in as {options.username} with the first password"
    )
    print(f"\n    {password}\n\nand is asked to choose another one. It is shown only here.")
    return 0


def _establish(options: argparse.Namespace) -> str:
    """Register the office, place it at the top of every chain, appoint; return the first password."""
    from django.db import transaction

    from lianxue.kernel.clock import local_date, now
    from lianxue.kernel.errors import Refused
    from lianxue.orgs import public as orgs

    if orgs.Organisation.objects.exists():
        raise Trouble("There are organisations already; the office at the top is registered once.")
    platform, at, password = orgs.Actor.platform(), now(), first_password()
    try:
        with transaction.atomic():
            orgs.load_divisions(actor=platform, at=at, provinces=frozenset({options.province}))
            division = orgs.Division.objects.filter(level=1).first()
            if division is None:
                raise Trouble(f"No division code begins with {options.province}.")
            office = orgs.register_organisation(
                actor=platform,
                at=at,
                code=options.code,
                name=options.office,
                kind=orgs.OrganisationKind.GUIDANCE_OFFICE,
                places=dict.fromkeys(orgs.Chain),
                division=division,
            )
            orgs.appoint_new_person(
                actor=platform,
                at=at,
                organisation=office,
                role=orgs.Role.TIER_ADMIN,
                starts_on=local_date(at),
                username=options.username,
                full_name=options.name,
                first_password=password,
            )
    except Refused as refusal:
        details = " ".join(str(text) for text in refusal.fields.values())
        raise Trouble(details or str(refusal.message)) from None
    return password


def first_password() -> str:
    """Return a password of letters and digits that can be read out over the telephone."""
    words = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2)]
    number = "".join(secrets.choice(DIGITS) for _ in range(4))
    return f"{words[0].capitalize()}-{words[1]}-{number}"
