"""Letters under the numbers of their offices: about decisions, and to the colleges."""

from datetime import datetime

from lianxue.demo.play.service_teams.words import read_team_words, said
from lianxue.documents.public import Letter, LetterKind, issue_letter, set_letter_code
from lianxue.orgs.public import Actor, Organisation


def use_code(actor: Actor, office: Organisation, *, at: datetime) -> None:
    """Let an office say under which words it numbers its letters; they say that they are a sample."""
    set_letter_code(actor=actor, at=at, words=read_team_words()["codes"][office.code])


def send_notice(actor: Actor, to: Organisation, *, at: datetime) -> Letter:
    """Let the guidance office tell the colleges of a training; one of them finds it among its letters."""
    return issue_letter(
        actor=actor,
        at=at,
        kind=LetterKind.NOTICE,
        title=said("letter", "title"),
        body=said("letter", "body"),
        addressee=said("letter", "addressee"),
        addressee_organisation=to,
    )
