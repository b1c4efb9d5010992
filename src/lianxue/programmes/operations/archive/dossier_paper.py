"""The dossier of a unit as one PDF: cover, forms, opinions, guidance, evidence, and the files that can be bound in."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxue.kernel.files.binding import Part, Place, bind
from lianxue.kernel.rendering import form_pdf, pdf, title_lines
from lianxue.programmes.queries.dossier import Dossier, Enclosure

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "programmes" / "print" / "dossier.typ"
MOST_BYTES = 60 * 1024 * 1024  # of files bound in; one volume is to go by mail
MOST_PAGES = 400  # of files bound in
OWN_PAGES = 2_000
COVER_MM, TITLE_MM = 162, 22 * 25.4 / 72  # as the template has them


def dossier_pdf(dossier: Dossier) -> bytes:
    """Return the volume, pages numbered. What cannot be bound in stands in the list of files, with the reason."""
    with override("zh-hans"):
        return _volume(dossier)


def _volume(dossier: Dossier) -> bytes:
    enclosed, places = _enclosed(dossier.enclosures)
    parts = [Part("own", _printed(dossier, "cover", places))]
    parts += [Part("own", form_pdf(stage.paper)) for stage in dossier.stages]
    parts.append(Part("own", _printed(dossier, "record", places)))
    if enclosed:
        parts.append(Part("own", enclosed))
    _places, volume = bind(parts, most_pages=OWN_PAGES, is_numbered=True)
    return volume


def _enclosed(enclosures: Sequence[Enclosure]) -> tuple[bytes, list[str]]:
    """Return the files that can be bound in, bound, and what the list of files says of each."""
    parts: list[Part] = []
    said: list[str] = []
    waiting: list[int] = []
    room = MOST_BYTES
    for at, one in enumerate(enclosures):
        part, reason = _part(one, room)
        said.append(reason)
        if part is not None:
            parts.append(part)
            waiting.append(at)
            room -= len(part.content)
    if not parts:
        return b"", said
    places, bound = bind(parts, most_pages=MOST_PAGES)
    for at, place in zip(waiting, places, strict=True):
        said[at] = _words_of(place)
    return bound, said


def _part(one: Enclosure, room: int) -> tuple[Part | None, str]:
    if not one.may_bind:
        return None, _("not bound in: it shows personal numbers in full")
    stored = one.stored
    is_pdf = stored.media_type == "application/pdf"
    if not is_pdf and not stored.is_picture:
        return None, _("not bound in: neither PDF nor picture")
    if stored.size > room:
        return None, _("not bound in: the volume would become too large")
    try:
        content = (Path(settings.MEDIA_ROOT) / (stored.file.name or "")).read_bytes()
    except OSError:
        return None, _("not bound in: the file is missing")
    return Part("pdf" if is_pdf else "picture", content), ""


def _words_of(place: Place) -> str:
    if not place.refused:
        return _("bound in: %(pages)d pages, from sheet %(first)d of the files") % {
            "pages": place.pages,
            "first": place.first,
        }
    reasons = {
        "pages": _("not bound in: the volume would become too large"),
        "password": _("not bound in: protected by a password"),
    }
    return reasons.get(place.refused, _("not bound in: it cannot be read"))


def _printed(dossier: Dossier, part: str, places: Sequence[str]) -> bytes:
    files = [
        [one.source, one.name, one.sha256, said] for one, said in zip(dossier.enclosures, places, strict=True)
    ]
    stages = [
        {"title": one.title, "state": one.state, "revisions": one.revisions, "opinions": one.opinions}
        for one in dossier.stages
    ]
    return pdf(
        TEMPLATE,
        {
            "part": part,
            "title": dossier.call.title,
            "title_lines": title_lines(dossier.call.title, COVER_MM, TITLE_MM),
            "unit": dossier.unit.name,
            "office": dossier.call.office.name,
            "number": dossier.call.official_number,
            "stages": stages,
            "guidance": dossier.guidance,
            "evidence": dossier.evidence,
            "files": files,
        },
    )
