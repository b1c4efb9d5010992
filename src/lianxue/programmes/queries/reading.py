"""A filing as it is read: answers in words, personal ones masked; opinions; where it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxue.orgs.models import Division, Organisation
from lianxue.programmes.enums import Decision, FilingState
from lianxue.programmes.models import Filing, FilingRevision, Opinion
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.queries.desks import desks_of
from lianxue.programmes.queries.opening import masked_answers
from lianxue.programmes.rules.checks import as_day


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer in words; ``boxes`` are (ticked, words) of options, ``files`` what was attached."""

    title: str
    words: str = ""
    boxes: tuple[tuple[bool, str], ...] = ()
    files: tuple[dict[str, Any], ...] = ()
    is_long: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A part of a form as it is read: answers, or a table."""

    title: str
    answers: tuple[ShownAnswer, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def answers_shown(filing: Filing, revision: FilingRevision | None = None) -> list[ShownSection]:
    """Return the answers of a revision (None: as they are now) in the order of the form, personal values masked."""
    form = filing.form
    kept = revision.answers if revision is not None else filing.answers
    answers = masked_answers(form, kept)
    files = {one["id"]: one for one in revision.files} if revision is not None else _files(filing)
    areas = _area_names(filing, answers)
    shown = []
    for part in form.sections:
        if isinstance(part, Grid):
            rows = tuple(
                tuple(in_words(column, row.get(column.key), areas) for column in part.columns)
                for row in answers.get(part.key) or []
            )
            named = part.row_titles
            if named:
                rows = tuple((title, *row) for title, row in zip(named, rows, strict=False))
            titles = tuple(column.title for column in part.columns)
            shown.append(ShownSection(part.title, columns=("", *titles) if named else titles, rows=rows))
        else:
            asked = tuple(_shown(one, answers.get(one.key), areas, files) for one in part.fields)
            shown.append(ShownSection(part.title, answers=asked))
    return shown


def in_words(asked: Field, value: Any, areas: dict[str, str]) -> str:
    """Return an answer as people read it."""
    if value is None or value == "":
        return ""
    if asked.type == "area":
        return areas.get(str(value), str(value))
    if asked.type == "yes_no":
        return str(_("yes") if value else _("no"))  # on paper it is 是 or 否, here the reader's word
    if asked.type == "date":
        day = as_day(value)
        return date_format(day) if day else str(value)
    if asked.type == "choice":
        option = asked.option(str(value))
        return option.title if option else str(value)
    if asked.type == "choices":
        titles = [one.title for one in asked.options if one.key in value.get("keys", [])]
        return "、".join([*titles, *([value["own"]] if value.get("own") else [])])
    return str(value)


def _shown(asked: Field, value: Any, areas: dict[str, str], files: dict[int, dict[str, Any]]) -> ShownAnswer:
    if asked.type == "files":
        return ShownAnswer(asked.title, files=tuple(files[one] for one in value or [] if one in files))
    if asked.type in ("choice", "choices"):
        ticked = value.get("keys", []) if isinstance(value, dict) else [value]
        boxes = [(one.key in ticked, one.title) for one in asked.options]
        own = value.get("own") if isinstance(value, dict) else ""
        return ShownAnswer(asked.title, boxes=(*boxes, *([(True, own)] if own else [])))
    return ShownAnswer(asked.title, words=in_words(asked, value, areas), is_long=asked.type == "long_text")


def _files(filing: Filing) -> dict[int, dict[str, Any]]:
    rows = filing.files.select_related("file").filter(removed_at__isnull=True)
    return {row.pk: row.told() for row in rows}


def _area_names(filing: Filing, answers: dict[str, Any]) -> dict[str, str]:
    codes = set()
    for part in filing.form.sections:
        if isinstance(part, Grid):
            keys = [one.key for one in part.columns if one.type == "area"]
            codes |= {str(row.get(key)) for row in answers.get(part.key) or [] for key in keys}
        else:
            codes |= {str(answers.get(one.key)) for one in part.fields if one.type == "area"}
    return dict(Division.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}


def opinions_on(filing: Filing) -> list[dict[str, Any]]:
    """Return all opinions on a filing for a timeline, the newest first; a delegate's names both people."""
    levels = {one.key: one.title for one in filing.stage_definition.levels}
    tones = {Decision.APPROVE: "success", Decision.RETURN: "warning", Decision.DECLINE: "danger"}
    rows = Opinion.objects.select_related("person", "on_behalf_of", "organisation", "revision")
    shown = []
    for one in rows.filter(revision__filing=filing).order_by("-given_at", "-pk"):
        people = str(one.person) if one.person else ""
        if one.on_behalf_of:
            people = f"{people}（代 {one.on_behalf_of}）"
        shown.append(
            {
                "title": f"{levels.get(one.level, one.level)} · {one.get_decision_display()}",
                "at": one.given_at,
                "by": f"{one.organisation.name} · {people}" if people else one.organisation.name,
                "note": one.comment,
                "tone": tones[Decision(one.decision)],
                "revision": one.revision.number,
            }
        )
    return shown


def steps_of(filing: Filing) -> list[dict[str, Any]]:
    """Return where a filing is: filling in, each level with who sits there, decided."""
    levels = filing.stage_definition.levels
    desks = [desks_of(filing.call, level, [filing.unit_id])[filing.unit_id] for level in levels]
    names = dict(Organisation.objects.filter(pk__in=[one for one in desks if one]).values_list("pk", "name"))
    is_over = filing.state in (FilingState.APPROVED, FilingState.DECLINED)
    begun = filing.position is not None or is_over
    steps: list[dict[str, Any]] = [
        {
            "label": filing.unit.name,
            "state": "done" if begun else "problem" if filing.state == FilingState.RETURNED else "current",
        }
    ]
    for at, level in enumerate(levels):
        done = filing.state == FilingState.APPROVED or (filing.position is not None and at < filing.position)
        state = "done" if done else "current" if filing.position == at else "todo"
        desk = names.get(desks[at] or 0, "")
        steps.append({"label": level.title, "state": state, "detail": desk if desk != level.title else ""})
    if filing.state == FilingState.DECLINED:
        steps[-1]["state"] = "problem"
    return steps
