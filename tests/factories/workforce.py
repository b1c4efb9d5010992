"""A province that trains its service teams: one office, two cities, counties, schools; trainings in every state."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps

from lianxue.kernel.models import AuditEntry, Outcome
from lianxue.orgs.public import Actor, Chain, Organisation, OrganisationKind, Role
from lianxue.workforce.enums import AudienceKind, SessionState, TrainingTopic, TrainingWay
from lianxue.workforce.models import TrainingSession
from lianxue.workforce.operations.training.particulars import Audience, Particulars
from lianxue.workforce.operations.training.plan import (
    announce_session,
    cancel_session,
    close_session,
    plan_session,
)
from tests.factories.orgs import AT, make_actor, make_organisation

# P the province's administrator, U its auditor, C the first city's administrator, D the other city's, K the first
# county's, L another county's, S the first school's, N a person without a post, X a visitor.
EVERYBODY = "PUCDKLSNX"


@dataclass
class Province:
    """省-市-县-校: one office; two cities; two counties below the first, one below the second; two schools."""

    office: Organisation
    cities: list[Organisation]
    counties: list[Organisation]
    schools: list[Organisation]
    _actors: dict[tuple[int, Role], Actor] = field(default_factory=dict)

    def actor(self, organisation: Organisation, role: Role = Role.TIER_ADMIN) -> Actor:
        """Return the one actor with ``role`` in ``organisation``, made on first use."""
        key = (organisation.pk, role)
        if key not in self._actors:
            self._actors[key] = make_actor(organisation, role)
        return self._actors[key]

    @property
    def admin(self) -> Actor:
        return self.actor(self.office)

    def everybody(self) -> dict[str, Actor]:
        """Return all who could try something, by letter."""
        nobody = make_actor(make_organisation("elsewhere", OrganisationKind.OTHER, chain=Chain.SUPPLY))
        return {
            "P": self.admin,
            "U": self.actor(self.office, Role.AUDITOR),
            "C": self.actor(self.cities[0]),
            "D": self.actor(self.cities[1]),
            "K": self.actor(self.counties[0]),
            "L": self.actor(self.counties[2]),
            "S": self.actor(self.schools[0]),
            "N": Actor(person_id=nobody.person_id, person_name=nobody.person_name),
            "X": Actor.visitor("127.0.0.1"),
        }


def small_province() -> Province:
    """Make the province described at ``Province`` in the chain 省-市-县-校 (S1-40)."""
    centre, chain = OrganisationKind.EDUCATION_TECHNOLOGY_CENTRE, Chain.RESOURCE_SERVICE
    office = make_organisation("zj", centre, name="浙江省教育技术中心", chain=chain)
    cities = [
        make_organisation("zj-hz", centre, office, name="杭州市教育技术中心", chain=chain),
        make_organisation("zj-nb", centre, office, name="宁波市教育技术中心", chain=chain),
    ]
    counties = [
        make_organisation("zj-hz-1", centre, cities[0], name="上城区教育技术中心", chain=chain),
        make_organisation("zj-hz-2", centre, cities[0], name="西湖区教育技术中心", chain=chain),
        make_organisation("zj-nb-1", centre, cities[1], name="鄞州区教育技术中心", chain=chain),
    ]
    schools = [
        make_organisation(
            "zj-hz-1-1", OrganisationKind.SCHOOL, counties[0], name="上城区第一小学", chain=chain
        ),
        make_organisation(
            "zj-hz-1-2", OrganisationKind.SCHOOL, counties[0], name="上城区第二小学", chain=chain
        ),
    ]
    return Province(office, cities, counties, schools)


def particulars(
    *,
    at: datetime = AT,
    title: str = "体系管理员培训",
    topic: TrainingTopic = TrainingTopic.SYSTEM_ADMINS,
    way: TrainingWay = TrainingWay.OFFLINE,
    audience: tuple[Audience, ...] = (Audience(kind=AudienceKind.DIRECTLY_BELOW),),
    in_days: float = 7,
) -> Particulars:
    """Return a training of three hours that begins ``in_days`` after ``at`` (below 0: before)."""
    starts_at = at + timedelta(days=in_days)
    is_online = way == TrainingWay.ONLINE
    return Particulars(
        title=title,
        topic=topic,
        way=way,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place="" if is_online else "省教育技术中心三楼",
        link="https://meeting.example.org/1" if is_online else "",
        audience=audience,
    )


def make_session(
    actor: Actor,
    state: SessionState = SessionState.PLANNED,
    *,
    at: datetime = AT,
    what: Particulars | None = None,
) -> TrainingSession:
    """Make a training in ``state``; without ``what`` one that is going on at ``at``."""
    what = what or particulars(at=at, in_days=-1 / 24)
    row = plan_session(actor=actor, at=at, particulars=what)
    if state == SessionState.DRAFT:
        return row
    if state == SessionState.CANCELLED:
        return cancel_session(actor=actor, at=at, session=row, reason="讲师生病")
    row = announce_session(actor=actor, at=at, session=row)
    return close_session(actor=actor, at=at, session=row) if state == SessionState.HELD else row


def everything_written() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of workforce and every act of it in the audit trail that was not a refusal."""
    rows: dict[str, list[tuple[object, ...]]] = {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("workforce").get_models()
    }
    done = AuditEntry.objects.filter(outcome=Outcome.DONE, verb__startswith="workforce.").order_by("pk")
    return {**rows, "audit": list(done.values_list("verb", "subject_type", "subject_id"))}
