"""Telling a unit its decision by an official letter, numbered like every other letter of the office."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lianxue.documents.public import Letter, LetterKind, issue_letter
from lianxue.kernel import audit
from lianxue.kernel.errors import Refused, Text, Unmet
from lianxue.kernel.operation import operation
from lianxue.kernel.rendering import written_day
from lianxue.orgs.public import Actor
from lianxue.programmes.enums import AwardKind, Decision
from lianxue.programmes.flows.filing import FILING_FLOW
from lianxue.programmes.models import Award, Call, Filing, FilingLetter, Opinion
from lianxue.programmes.models.definition import DecisionLetter, filled
from lianxue.programmes.queries.letters import awaiting_letters
from lianxue.programmes.queries.wording import words_of

TITLE_LENGTH = 200
MAY_BE_EMPTY = ("comment", "valid_until")
PLAIN = DecisionLetter(
    on="approve",
    title="关于{unit}{stage}的批复",
    body=(
        "你单位在“{call}”中报送的“{stage}”材料收悉。经研究，现批复如下：\n"
        "{decision}。\n意见：{comment}\n有效期至{valid_until}。"
    ),
)


@operation("programmes.issue_decision_letter", label=_("Issue a letter about a decision"))
def issue_decision_letter(
    *, actor: Actor, at: datetime, filing: Filing, request_key: str | None = None
) -> Letter:
    """Issue the letter that tells the unit what was decided on its filing, under the next number of the office.

    Raise ``WrongState`` (not decided), ``NotAllowed`` (another office decided), ``Unmet`` (there is one already, or the
    office has no letter code) or ``BadLetter``.
    """
    row = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("call__revision", "unit")
        .get(pk=filing.pk)
    )
    FILING_FLOW.require("issue_letter", actor=actor, subject=row, at=at)
    opinion = Opinion.objects.filter(revision__filing=row).latest("pk")
    template = next((one for one in row.stage_definition.letters if one.on == opinion.decision), PLAIN)
    words = _words(row, opinion)
    letter = issue_letter(
        actor=actor,
        at=at,
        kind=LetterKind(template.kind),
        title=filled(template.title, words)[:TITLE_LENGTH],
        body=_body(template.body, words),
        addressee=row.unit.name,
        addressee_organisation=row.unit,
    )
    FilingLetter.objects.update_or_create(opinion=opinion, defaults={"letter": letter})
    audit.record(
        actor=actor,
        at=at,
        verb="programmes.issue_decision_letter",
        subject=row,
        after={"letter": letter.full_number, "decision": opinion.decision},
    )
    return letter


@dataclass(frozen=True)
class Told:
    """What became of one of many: the letter, or why there is none."""

    filing: Filing
    letter: Letter | None = None
    refusal: Text | None = None


@operation("programmes.issue_decision_letters", label=_("Issue letters about all decisions of a call"))
def issue_decision_letters(*, actor: Actor, at: datetime, call: Call) -> list[Told]:
    """Issue a letter for every decision of the actor's office in a call that has none yet; each stands by itself.

    Raise ``Unmet`` when there is none to issue.
    """
    rows = awaiting_letters(actor, call).select_for_update(of=("self",)).order_by("pk")
    told = []
    for filing in rows:
        try:
            letter = issue_decision_letter(actor=actor, at=at, filing=filing)
        except Refused as refusal:
            told.append(Told(filing, refusal=refusal.message))
        else:
            told.append(Told(filing, letter))
    if not told:
        raise Unmet(_("There is no decision of your office without a letter."))
    return told


def _words(filing: Filing, opinion: Opinion) -> dict[str, str]:
    status = Award.objects.filter(filing=filing, kind=AwardKind.STATUS, revoked_at__isnull=True).first()
    until = status.valid_until if status else None
    with override(
        "zh-hans"
    ):  # a letter of a Chinese office, whoever presses the button in whichever language
        decision = str(Decision(opinion.decision).label)
    return {
        **words_of(filing.call, filing.stage),
        "unit": filing.unit.name,
        "call": filing.call.title,
        "stage": filing.stage_definition.title,
        "decision": decision,
        "comment": opinion.comment.strip(),
        "valid_until": written_day(until) if until else "",
    }


def _body(text: str, words: dict[str, str]) -> str:
    empty = [key for key in MAY_BE_EMPTY if not words[key]]
    kept = [line for line in text.strip().splitlines() if not any(f"{{{key}}}" in line for key in empty)]
    return "\n".join(filled(line, words) for line in kept)
