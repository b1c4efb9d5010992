"""What is said of one answer below its question: saved, wrong, in question between two, or not to be saved any more."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from lianxue.kernel import clock
from lianxue.kernel.errors import Invalid, Refused
from lianxue.orgs.public import ActingRequest
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.filling.questions import Clash
from lianxue.programmes.interfaces.web.filling.told import told_apart
from lianxue.programmes.models import Filing
from lianxue.programmes.models.definition import Field, Form, Grid
from lianxue.programmes.operations.filings.shapes import shaped
from lianxue.programmes.queries.opening import opened_answers
from lianxue.programmes.queries.units import areas_of
from lianxue.programmes.rules.fingerprints import digest_of, seen_of
from lianxue.programmes.rules.one_answer import checks_of, counts_by_area, faults_at, needs_areas


def saved_note(
    request: ActingRequest,
    filing: Filing,
    form: Form,
    asked: Field | Grid,
    sent: object,
    *,
    kept: Mapping[str, Any],
    mark: int,
) -> HttpResponse:
    """Say how an answer stands after it was saved: ``kept`` are all answers, ``sent`` is what this one came as."""
    key = asked.key
    needed = kept if checks_of(form, key) else {key: kept.get(key)}
    answers = opened_answers(form, needed)
    areas = areas_of(filing.unit) if needs_areas(asked) else {}
    faults = faults_at(form, answers, asked, areas=areas)
    rows = (
        {str(row.get("_id")): at for at, row in enumerate(answers.get(key) or [], 1)}
        if isinstance(asked, Grid)
        else {}
    )
    context: dict[str, object] = {
        "key": key,
        "outcome": "saved",
        "at": clock.now(),
        "mark": mark,
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
    return note(request, context, 200)


def clash_note(
    request: ActingRequest, filing: Filing, asked: Field | Grid, value: object, clash: AnswerChanged
) -> HttpResponse:
    """Show what both wrote, to choose from."""
    areas = areas_of(filing.unit) if needs_areas(asked) else {}
    mine, theirs = told_apart(asked, shaped(asked, value), clash, areas)
    both = Clash(mine=mine, theirs=theirs, mark=clash.mark)
    return note(request, {"key": asked.key, "outcome": "clash", "clash": both}, 409)


def refused_note(request: ActingRequest, key: str, refusal: Refused) -> HttpResponse:
    """Say why an answer was not saved: of a shape that cannot be, or handed in meanwhile by somebody else."""
    if isinstance(refusal, Invalid):
        words = refusal.fields.get(key, refusal.message)
        return note(request, {"key": key, "outcome": "refused", "faults": [str(words)]}, 422)
    return note(request, {"key": key, "outcome": "closed", "faults": [str(refusal.message)]}, 409)


def note(request: ActingRequest, context: dict[str, object], status: int) -> HttpResponse:
    """Return what stands below a question."""
    return render(request, "programmes/filing/note.html", context, status=status)
