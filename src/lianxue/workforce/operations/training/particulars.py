"""What is written down of a training, and what must be right about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Invalid, Text
from lianxue.orgs.public import Organisation
from lianxue.workforce.enums import AudienceKind, Team, TrainingTopic, TrainingWay
from lianxue.workforce.models import AudienceLine, TrainingSession
from lianxue.workforce.queries.training import may_choose_units

TITLE_LENGTH = 120
PLACE_LENGTH = 200
WORDS_LENGTH = 2000
LINK_LENGTH = 500
LONGEST = timedelta(days=366)  # beyond that it is a mistyped year


@dataclass(frozen=True, kw_only=True)
class Audience:
    """One line of who must attend."""

    kind: AudienceKind
    team: Team | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """A training as it is written down. Where it is held: ``place`` on site, ``link`` on line."""

    title: str
    topic: TrainingTopic
    way: TrainingWay
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    words: str = ""
    audience: tuple[Audience, ...] = ()


def write_into(session: TrainingSession, particulars: Particulars) -> None:
    """Put the particulars on a training that has not been saved since. Raise ``Invalid`` with every fault named."""
    faults: dict[str, Text] = {}
    title, place, link, words = (
        text.strip() for text in (particulars.title, particulars.place, particulars.link, particulars.words)
    )
    if not title or len(title) > TITLE_LENGTH:
        faults["title"] = _("Please give a title of at most 120 characters.")
    if particulars.ends_at <= particulars.starts_at:
        faults["ends_at"] = _("The end must be after the beginning.")
    elif particulars.ends_at - particulars.starts_at > LONGEST:
        faults["ends_at"] = _("Please check the year.")
    if particulars.way == TrainingWay.OFFLINE and (not place or len(place) > PLACE_LENGTH):
        faults["place"] = _("Please say where it is held.")
    if particulars.way == TrainingWay.ONLINE and not link:
        faults["link"] = _("Please give the address of the meeting.")
    elif link and not _is_web_address(link):
        faults["link"] = _("This is no web address.")
    if len(words) > WORDS_LENGTH:
        faults["words"] = _("Please keep this under 2,000 characters.")
    if any(line.kind == AudienceKind.TEAM and line.team is None for line in particulars.audience):
        faults["audience"] = _("Please choose a team.")
    if faults:
        raise Invalid(fields=faults)
    session.title, session.topic, session.way = title, particulars.topic, particulars.way
    session.starts_at, session.ends_at = particulars.starts_at, particulars.ends_at
    session.place, session.link, session.words = place[:PLACE_LENGTH], link, words


def write_audience(session: TrainingSession, audience: tuple[Audience, ...]) -> None:
    """Write down who must attend. Raise ``Invalid`` for a unit that does not stand below the organiser."""
    units = {line.organisation.pk for line in audience if line.organisation is not None}
    below = set(may_choose_units(session.organiser_id).filter(pk__in=units).values_list("pk", flat=True))
    if units - below:
        raise Invalid(fields={"units": _("One of these units does not stand below yours.")})
    wanted = {
        (str(line.kind), str(line.team or ""), line.organisation.pk if line.organisation else None)
        for line in audience
    }
    there = {(line.kind, line.team, line.organisation_id): line for line in session.audience.all()}
    gone = [line.pk for key, line in there.items() if key not in wanted]
    AudienceLine.objects.filter(pk__in=gone).delete()
    AudienceLine.objects.bulk_create(
        AudienceLine(session=session, kind=kind, team=team, organisation_id=organisation_id)
        for kind, team, organisation_id in sorted(wanted - there.keys(), key=str)
    )


def _is_web_address(text: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return len(text) <= LINK_LENGTH and bool(urlsplit(text).hostname)
