"""One answer, saved by itself while its writer goes on; and one question as a part of the page."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, NotFound, Refused
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import page
from lianxue.kernel.rules import visible
from lianxue.orgs.public import ActingRequest, Actor
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.fill import filled, removed_of, uploads_of
from lianxue.programmes.interfaces.web.filling.questions import Clash
from lianxue.programmes.interfaces.web.filling.sent import mark_of, seen_in, sent_value
from lianxue.programmes.interfaces.web.filling.told import told_apart
from lianxue.programmes.models import Filing
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.operations.filings.save_answer import NEEDED, save_answer, save_answers
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.opening import opened_answers, question
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.filing import FILLS_IN
from lianxue.programmes.rules.fingerprints import digest_of, seen_of
from lianxue.programmes.rules.one_answer import checks_of, counts_by_area, faults_at, needs_areas


@page(ADMINISTRATORS)
def answer(request: ActingRequest, pk: int, key: str) -> HttpResponseBase:
    """Save one answer and say how it stands, or show the question anew."""
    filing = _own.first(actor=request.actor, pk=pk)
    asked = question(filing.form, key) if filing else None
    if filing is None or asked is None:
        raise NotFound
    if request.method != "POST":
        return _question(request, filing, asked)
    if isinstance(asked, Field) and asked.type == "files":
        return _files(request, filing, asked)
    value, mark = sent_value(asked, request.POST), mark_of(request.POST, key)
    try:
        saved = save_answer(
            actor=request.actor,
            at=clock.now(),
            filing=filing,
            key=key,
            value=value,
            mark=mark,
            seen=seen_in(request.POST, asked),
        )
    except AnswerChanged as clash:
        return _clash(request, filing, asked, value, clash)
    except Invalid as refusal:
        return _note(request, {"key": key, "outcome": "refused", "faults": [str(refusal.message)]}, 422)
    except Refused as refusal:  # handed in meanwhile by somebody else, for instance
        return _note(request, {"key": key, "outcome": "closed", "faults": [str(refusal.message)]}, 409)
    return _saved(request, filing, saved, asked, value)


@kept
def _own(actor: Actor, pk: int) -> QuerySet[Filing]:
    rows = Filing.objects.select_related("call__revision").only(*NEEDED)
    return visible(rows, FILLS_IN, actor).filter(pk=pk)


def _saved(
    request: ActingRequest, filing: Filing, saved: Filing, asked: Field | Grid, sent: object
) -> HttpResponseBase:
    key, form = asked.key, saved.form
    needed = saved.answers if checks_of(form, key) else {key: saved.answers.get(key)}
    answers = opened_answers(form, needed)
    areas = areas_of(filing.unit) if needs_areas(asked) else {}
    faults = faults_at(form, answers, asked, areas=areas)
    rows = (
        {str(row.get("_id")): at for at, row in enumerate(answers.get(key) or [], 1)}
        if isinstance(asked, Grid)
        else {}
    )
    context = {
        "key": key,
        "outcome": "saved",
        "at": clock.now(),
        "mark": saved.marks.get(key, 0),
        "digest": digest_of(answers.get(key)),
        "cells": [
            {
                "place": f"a.{one.section}.{one.row}.{one.key}",
                "row": rows.get(one.row, 0),
                "message": one.message,
            }
            for one in faults
            if one.row
        ],
        "faults": [one.message for one in faults if not one.row and one.code != "quota"],
    }
    if isinstance(asked, Grid):
        context["counts"] = counts_by_area(asked, answers.get(key), areas)
        context["seen"] = seen_of(answers.get(key))
        context["is_merged"] = digest_of(shaped(asked, sent)) != context["digest"]
    return _note(request, context, 200)


def _clash(
    request: ActingRequest, filing: Filing, asked: Field | Grid, value: object, clash: AnswerChanged
) -> HttpResponseBase:
    areas = areas_of(filing.unit) if needs_areas(asked) else {}
    mine, theirs = told_apart(asked, shaped(asked, value), clash, areas)
    both = Clash(mine=mine, theirs=theirs, mark=clash.mark)
    return _note(request, {"key": asked.key, "outcome": "clash", "clash": both}, 409)


def _files(request: ActingRequest, filing: Filing, asked: Field) -> HttpResponseBase:
    uploads = [(key, upload) for key, upload in uploads_of(request, filing) if key == asked.key]
    refused = ""
    try:
        save_answers(
            actor=request.actor,
            at=clock.now(),
            filing=filing,
            written={},
            uploads=uploads,
            removed=removed_of(request, filing),
        )
    except Refused as refusal:
        if isinstance(refusal, NotFound):
            raise
        refused = str(refusal.fields.get(asked.key, refusal.message))
    filing.refresh_from_db(fields=["answers", "marks"])
    return _question(request, filing, asked, refused)


def _question(
    request: ActingRequest, filing: Filing, asked: Field | Grid, refused: str = ""
) -> HttpResponseBase:
    form = filled(filing, refused={asked.key: refused} if refused else {})
    context = {"question": form.question(asked), "filing": filing}
    return render(request, "programmes/filing/question.html", context, status=422 if refused else 200)


def _note(request: ActingRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "programmes/filing/note.html", context, status=status)
