"""A reader says what they think of a title, at the public page of the point or when a loan comes back (S0-47)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lianxue.distribution.enums import Audience, LoanState
from lianxue.distribution.errors import FeedbackGiven, TooMuchFeedback
from lianxue.distribution.models import Feedback, Loan, PointDoor
from lianxue.distribution.queries.feedback import title_to_judge
from lianxue.distribution.rules.lending import KEEPS_RECORD
from lianxue.kernel import audit
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Text, WrongState
from lianxue.kernel.operation import operation
from lianxue.orgs.public import Actor

MOST_STARS = 5
WORDS_LENGTH = 300
# So many at one point in so long a time are somebody's joke, or a machine.
MOST_LATELY = 200
LATELY = timedelta(hours=1)


@operation("distribution.leave_feedback", label=_("Say what one thinks of a title"))
def leave_feedback(
    *,
    actor: Actor,
    at: datetime,
    door: PointDoor,
    entry_id: int,
    stars: int,
    words: str = "",
    audience: Audience = Audience.LEARNER,
    request_key: str | None = None,
) -> Feedback:
    """Leave stars and words about a title of the point behind ``door``.

    Anybody may, without an account; who it was is not asked. Raise ``NotFound``, ``TooMuchFeedback`` or ``Invalid``
    (fields ``stars``, ``words``).
    """
    # One door at a time, so that two at once cannot both be the last one that is let in.
    held = PointDoor.objects.select_for_update(no_key=True).get(pk=door.pk)
    entry = title_to_judge(held.point_id, entry_id)
    said = _checked(stars, words)
    if (
        Feedback.objects.filter(point_id=held.point_id, loan=None, left_at__gt=at - LATELY).count()
        >= MOST_LATELY
    ):
        raise TooMuchFeedback
    row = Feedback.objects.create(
        point_id=held.point_id, entry=entry, stars=stars, words=said, audience=audience, left_at=at
    )
    _record(actor, at, "distribution.leave_feedback", row)
    return row


@operation("distribution.write_feedback_down", label=_("Write down what a borrower said"))
def write_feedback_down(
    *, actor: Actor, at: datetime, loan: Loan, stars: int, words: str = "", request_key: str | None = None
) -> Feedback:
    """Write down what the borrower said about the title when it came back; once a loan.

    Raise ``NotAllowed``, ``WrongState``, ``FeedbackGiven`` or ``Invalid`` (fields ``stars``, ``words``).
    """
    row = Loan.objects.select_for_update(of=("self",)).select_related("title").filter(pk=loan.pk).first()
    if row is None:
        raise NotFound
    if row.state == LoanState.UNDONE:
        raise WrongState
    if not KEEPS_RECORD.holds(actor, row):
        raise NotAllowed
    if Feedback.objects.filter(loan=row).exists():
        raise FeedbackGiven
    said = _checked(stars, words)
    made = Feedback.objects.create(
        point_id=row.point_id, entry_id=row.title.entry_id, loan=row, stars=stars, words=said, left_at=at
    )
    _record(actor, at, "distribution.write_feedback_down", made)
    return made


def _checked(stars: int, words: str) -> str:
    faults: dict[str, Text] = {}
    if not 1 <= stars <= MOST_STARS:
        faults["stars"] = _("Please choose one to five stars.")
    if len(words.strip()) > WORDS_LENGTH:
        faults["words"] = _("Please keep this under 300 characters.")
    if faults:
        raise Invalid(fields=faults)
    return words.strip()


def _record(actor: Actor, at: datetime, verb: str, row: Feedback) -> None:
    audit.record(
        actor=actor, at=at, verb=verb, subject=row, after={"entry": row.entry_id, "stars": row.stars}
    )
