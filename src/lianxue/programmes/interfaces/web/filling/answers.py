"""One answer, saved by itself while its writer goes on; and one question as a part of the page."""

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.kept import kept
from lianxue.kernel.pages import page
from lianxue.kernel.rules import visible
from lianxue.orgs.public import ActingRequest, Actor
from lianxue.programmes.errors import AnswerChanged
from lianxue.programmes.interfaces.web.access import ADMINISTRATORS
from lianxue.programmes.interfaces.web.filling.fill import filled, removed_of, uploads_of
from lianxue.programmes.interfaces.web.filling.notes import clash_note, refused_note, saved_note
from lianxue.programmes.interfaces.web.filling.sent import mark_of, seen_in, sent_value
from lianxue.programmes.models import Filing
from lianxue.programmes.models.definition import Field, Grid
from lianxue.programmes.operations.filings.save_answer import NEEDED, save_answer, save_answers
from lianxue.programmes.queries.opening import question
from lianxue.programmes.rules.filing import FILLS_IN


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
        return clash_note(request, filing, asked, value, clash)
    except Refused as refusal:
        return refused_note(request, key, refusal)
    marks = int(saved.marks.get(key, 0))
    return saved_note(request, filing, saved.form, asked, value, kept=saved.answers, mark=marks)


@kept
def _own(actor: Actor, pk: int) -> QuerySet[Filing]:
    rows = Filing.objects.select_related("call__revision").only(*NEEDED)
    return visible(rows, FILLS_IN, actor).filter(pk=pk)


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
