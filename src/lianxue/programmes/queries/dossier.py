"""Everything about a unit in a call, as it is printed in one volume."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxue.kernel import clock
from lianxue.kernel.models import StoredFile
from lianxue.kernel.rendering import FormPaper, written_day
from lianxue.orgs.public import Organisation
from lianxue.programmes.enums import FilingState, ScanState
from lianxue.programmes.models import Call, Evidence, Filing, FilingFile, FilingRevision, Guidance, Scan
from lianxue.programmes.queries.archive import filings_of_unit
from lianxue.programmes.queries.papers import paper_of
from lianxue.programmes.queries.reading import opinions_on


@dataclass(frozen=True)
class Enclosure:
    """A file that belongs to the dossier: where from, and whether it may be bound in (a stamped scan shows what is masked)."""

    source: str
    name: str
    sha256: str
    stored: StoredFile
    may_bind: bool = True


@dataclass(frozen=True)
class FiledStage:
    """What was filed in one stage: its state, every revision with its fingerprint, the paper of the one in force."""

    title: str
    state: str
    revisions: tuple[tuple[str, str, str], ...]
    paper: FormPaper
    opinions: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Dossier:
    """The volume, in the order in which it is bound. Rows are words as they are printed."""

    call: Call
    unit: Organisation
    stages: tuple[FiledStage, ...]
    guidance: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()
    enclosures: tuple[Enclosure, ...] = field(default=())


def dossier_of(call: Call, unit: Organisation) -> Dossier:
    """Return the dossier: only what was handed in, personal numbers masked; in Chinese, whoever reads the pages here."""
    with override("zh-hans"):
        return _bound(call, unit)


def _bound(call: Call, unit: Organisation) -> Dossier:
    filings = filings_of_unit(call, unit, handed_in_only=True)
    in_force = [(one, revision_in_force(one)) for one in filings]
    evidence = list(
        Evidence.objects.select_related("file").filter(call=call, unit=unit, removed_at__isnull=True)
    )
    order = {one.key: (at, one.title) for at, one in enumerate(call.definition.evidence)}
    evidence.sort(key=lambda row: (order.get(row.item, (len(order), ""))[0], row.pk))
    titles = {key: title for key, (_at, title) in order.items()}
    enclosures = [
        *(one for filing, revision in in_force for one in _attached(filing, revision)),
        *(_kept(row, titles) for row in evidence if row.file),
    ]
    return Dossier(
        call,
        unit,
        tuple(_stage(filing, revision) for filing, revision in in_force),
        tuple(_guidance(call, unit)),
        tuple(_evidence(row, titles) for row in evidence),
        tuple(enclosures),
    )


def revision_in_force(filing: Filing) -> FilingRevision:
    """Return the approved revision, or the one that was handed in last."""
    return filing.approved or filing.revisions.get(number=filing.revision_number)


def _stage(filing: Filing, revision: FilingRevision) -> FiledStage:
    rows = filing.revisions.order_by("number")
    return FiledStage(
        filing.stage_definition.title,
        str(FilingState(filing.state).label),
        tuple((str(one.number), _day(one.submitted_at), one.digest) for one in rows),
        paper_of(filing, revision, is_masked=True),
        tuple(_opinion(one) for one in reversed(opinions_on(filing))),
    )


def _opinion(shown: dict[str, Any]) -> tuple[str, str, str, str]:
    about = _("%(title)s (revision %(number)d)") % {"title": shown["title"], "number": shown["revision"]}
    return _day(shown["at"]), about, shown["by"], shown["note"]


def _guidance(call: Call, unit: Organisation) -> Iterator[tuple[str, ...]]:
    rows = Guidance.objects.select_related("organisation").filter(call=call, unit=unit)
    for one in rows.order_by("given_on", "pk"):
        yield written_day(one.given_on), one.organisation.name, one.words


def _evidence(row: Evidence, titles: dict[str, str]) -> tuple[str, ...]:
    day = written_day(row.dated_on) if row.dated_on else ""
    return titles.get(row.item, row.item), row.title, day, row.words, row.file.sha256 if row.file else ""


def _kept(row: Evidence, titles: dict[str, str]) -> Enclosure:
    if row.file is None:
        raise LookupError(row.pk)
    source = f"{titles.get(row.item, row.item)} · {row.title}"
    return Enclosure(source, row.file.original_name, row.file.sha256, row.file)


def _attached(filing: Filing, revision: FilingRevision) -> Iterator[Enclosure]:
    title = filing.stage_definition.title
    files = FilingFile.objects.select_related("file").in_bulk([one["id"] for one in revision.files])
    for one in revision.files:
        if one["id"] in files:
            yield Enclosure(title, one["name"], one["sha256"], files[one["id"]].file)
    counts = (ScanState.MATCHED, ScanState.CONFIRMED)
    for scan in (
        Scan.objects.select_related("file").filter(revision=revision, state__in=counts).order_by("pk")
    ):
        source = _("%(stage)s, stamped scan") % {"stage": title}
        yield Enclosure(source, scan.file.original_name, scan.file.sha256, scan.file, may_bind=False)


def _day(moment: Any) -> str:
    return written_day(clock.local_date(moment))
