"""Filling in a form on the page: as a whole without scripts, and one answer after the other."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.orgs import client_for
from tests.factories.programmes import PHONE, TrialCall, trial_call
from tests.factories.resources import make_picture
from tests.programmes.filling.conftest import open_today
from tests.programmes.filling.pages import fill_url, form_of, save_one, send

from lianxue.programmes.models import Filing, FilingFile
from lianxue.programmes.operations.filings.save_answer import save_answer


def kept(filing: Filing) -> dict[str, Any]:
    """Return the answers as they stand in the database."""
    filing.refresh_from_db()
    answers: dict[str, Any] = filing.answers
    return answers


def test_what_is_typed_without_scripts_is_saved_with_one_press(writer: Client, filing: Filing) -> None:
    area = filing.unit.division_id
    answer = send(
        writer,
        filing,
        {
            "a.head_name": "王栟",
            "a.past": ["first"],
            "a.plan": "第一行\r\n第二行",
            "o.people": ["n1"],
            "a.people.n1.area": area,
            "a.people.n1.name": "李甪",
            "a.people.n1.account": "LiLu",
            "a.people.n1.mobile": PHONE,
            "then": "save",
        },
    )
    assert answer.status_code == 302
    answers = kept(filing)
    assert answers["head_name"] == "王栟"
    assert answers["past"] == {"keys": ["first"], "own": ""}
    assert answers["plan"] == "第一行\n第二行"
    row = answers["people"][0]
    assert (row["_id"], row["area"], row["name"], row["account"]) == ("n1", area, "李甪", "LiLu")
    assert PHONE not in str(answers)
    assert "head_phone" not in answers  # what was not touched is not written
    shown = writer.get(fill_url(filing)).content.decode()
    assert PHONE in shown  # to the unit itself in full


def test_sending_the_page_unchanged_changes_nothing(trial: TrialCall, writer: Client, filing: Filing) -> None:
    trial.fill(filing)
    filing.refresh_from_db()
    before = (filing.version, filing.marks)
    assert send(writer, filing, {"then": "save"}).status_code == 302
    filing.refresh_from_db()
    assert (filing.version, filing.marks) == before


def test_a_clash_shows_both_texts_and_saves_the_rest(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    page = form_of(writer.get(fill_url(filing)))
    other = trial.network.actor(filing.unit)
    save_answer(actor=other, at=trial.at, filing=filing, key="head_name", value="先写的人", mark=0)
    sent = {**page, "a.head_name": "后写的人", "a.plan": "计划"}
    answer = writer.post(fill_url(filing), sent)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "先写的人" in body
    assert "后写的人" in body
    assert kept(filing) == {"head_name": "先写的人", "plan": "计划"}
    again = form_of(answer)
    assert writer.post(fill_url(filing), again).status_code == 409  # not settled by pressing Save once more
    settled = writer.post(fill_url(filing), {**again, "settle": "mine:head_name:1"})
    assert settled.status_code == 302
    assert kept(filing)["head_name"] == "后写的人"


def test_in_a_clash_the_other_text_can_be_kept(trial: TrialCall, writer: Client, filing: Filing) -> None:
    page = form_of(writer.get(fill_url(filing)))
    other = trial.network.actor(filing.unit)
    save_answer(actor=other, at=trial.at, filing=filing, key="head_name", value="先写的人", mark=0)
    answer = writer.post(fill_url(filing), {**page, "a.head_name": "后写的人"})
    settled = writer.post(fill_url(filing), {**form_of(answer), "settle": "theirs:head_name:1"})
    assert settled.status_code == 302
    assert kept(filing) == {"head_name": "先写的人"}


def test_what_somebody_else_changed_elsewhere_is_no_clash(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    page = form_of(writer.get(fill_url(filing)))
    other = trial.network.actor(filing.unit)
    save_answer(actor=other, at=trial.at, filing=filing, key="head_name", value="先写的人", mark=0)
    assert writer.post(fill_url(filing), {**page, "a.plan": "计划"}).status_code == 302
    assert kept(filing) == {"head_name": "先写的人", "plan": "计划"}


def test_an_answer_far_too_long_is_refused_at_its_question_and_nothing_is_saved(
    writer: Client, filing: Filing
) -> None:
    answer = send(writer, filing, {"a.head_name": "王栟", "a.plan": "长" * 60_001})
    assert answer.status_code == 422
    assert "王栟" in answer.content.decode()
    assert kept(filing) == {}


def test_rows_move_and_go_without_scripts(trial: TrialCall, writer: Client, filing: Filing) -> None:
    area = filing.unit.division_id
    rows = [{"_id": f"r{at}", "area": area, "name": name} for at, name in enumerate("甲乙丙", 1)]
    trial.fill(filing, {"people": rows})
    send(writer, filing, {"move": "people.r3.up"})
    assert [row["name"] for row in kept(filing)["people"]] == ["甲", "丙", "乙"]
    send(writer, filing, {"move": "people.r1.drop"})
    assert [row["name"] for row in kept(filing)["people"]] == ["丙", "乙"]
    answer = send(writer, filing, {"then": "rows:people"})
    assert answer["Location"].endswith("?rows=people#q-people")
    assert (
        writer.get(answer["Location"]).content.decode().count('name="o.people"') == 2 + 5 + 1
    )  # and the pattern


def test_pasted_rows_are_taken_in_under_titles_in_any_order(writer: Client, filing: Filing) -> None:
    text = f'姓名\t街镇\t手机\t平台账号\n"李\n甪"\t{filing.unit.division.name}\t{PHONE}\tLiLu\n'
    answer = send(writer, filing, {"p.people": text, "then": "paste:people"})
    assert answer.status_code == 302
    row = kept(filing)["people"][0]
    assert (row["name"], row["area"], row["account"]) == ("李 甪", filing.unit.division_id, "LiLu")


def test_every_fault_of_pasted_rows_is_named_and_nothing_half_is_saved(
    writer: Client, filing: Filing
) -> None:
    text = f"{filing.unit.division.name}\t甲\nAtlantis\t乙\tx\ty\tz\n"
    answer = send(writer, filing, {"p.people": text, "then": "paste:people", "a.head_name": "王栟"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Atlantis" in body
    assert kept(filing) == {}


def test_one_answer_is_saved_by_itself_and_says_what_is_wrong(writer: Client, filing: Filing) -> None:
    answer = save_one(writer, filing, "head_phone", {"m.head_phone": "0", "a.head_phone": "12"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-outcome="saved"' in body
    assert 'data-mark="1"' in body
    assert "field-error" in body
    clash = save_one(writer, filing, "head_phone", {"m.head_phone": "0", "a.head_phone": PHONE})
    assert clash.status_code == 409
    assert 'data-outcome="clash"' in clash.content.decode()
    assert PHONE in clash.content.decode()


def test_a_grid_saved_by_itself_counts_its_rows_by_area(writer: Client, filing: Filing) -> None:
    row = {
        f"a.people.n1.{key}": value for key, value in (("area", filing.unit.division_id), ("name", "李甪"))
    }
    answer = save_one(writer, filing, "people", {"m.people": "0", "o.people": "n1", **row})
    body = answer.content.decode()
    assert f'data-area="{filing.unit.division_id}"' in body
    assert "is-right" in body


def test_saving_one_answer_asks_the_database_little(writer: Client, filing: Filing) -> None:
    sent = {"m.head_name": "0", "a.head_name": "王栟"}
    save_one(writer, filing, "head_name", sent)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        save_one(writer, filing, "head_name", {**sent, "m.head_name": "1"})
    mine = [one["sql"] for one in asked if "programmes_" in one["sql"]]
    assert len(mine) == 3, mine  # the filing, its lock, the change


def test_the_page_asks_as_much_for_many_rows_as_for_one(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    counted = []
    writer.get(fill_url(filing))  # the session is renewed once
    for number in (1, 40):
        rows = [{"_id": f"r{at}", "name": "甲", "area": filing.unit.division_id} for at in range(number)]
        filing = trial.fill(filing, {"people": rows})
        with CaptureQueriesContext(connection) as asked:
            assert writer.get(fill_url(filing)).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_exclusive_options_are_told_by_the_server(writer: Client, filing: Filing) -> None:
    answer = save_one(writer, filing, "past", {"m.past": "0", "a.past": ["first", "never"]})
    assert "field-error" in answer.content.decode()


def test_files_come_and_go(writer: Client, filing: Filing) -> None:
    url = reverse("programmes:answer", args=[filing.pk, "proof"])
    picture = make_picture()
    answer = writer.post(url, {"f.proof": picture})
    assert answer.status_code == 200
    one = FilingFile.objects.get()
    assert kept(filing)["proof"] == [one.pk]
    assert reverse("programmes:attached", args=[filing.pk, one.pk]) in answer.content.decode()
    bad = writer.post(url, {"f.proof": SimpleUploadedFile("x.pdf", b"<script>")})
    assert bad.status_code == 422
    assert writer.post(url, {"remove": str(one.pk)}).status_code == 200
    assert kept(filing)["proof"] == []
    assert writer.post(url, {"remove": "99999999999"}).status_code == 404


@pytest.mark.parametrize("text", ["-1", "x", "9" * 40, "１"])
def test_a_count_that_is_none_is_no_error_page(writer: Client, filing: Filing, text: str) -> None:
    answer = save_one(writer, filing, "head_name", {"m.head_name": text, "a.head_name": "王栟"})
    assert answer.status_code == 409


def test_questions_that_are_not_asked_and_filings_of_others_are_nothing(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    assert save_one(writer, filing, "salary", {"a.salary": "1"}).status_code == 404
    other = client_for(trial.network.actor(trial.network.streets[1]))
    for name in ("fill", "preview", "import", "check", "filing"):
        foreign = other.get(reverse(f"programmes:{name}", args=[filing.pk]))
        missing = other.get(reverse(f"programmes:{name}", args=[10**9]))
        assert (foreign.status_code, missing.status_code) == (404, 404), name
    assert save_one(other, filing, "head_name", {"m.head_name": "0", "a.head_name": "x"}).status_code == 404
    assert kept(filing) == {}


def test_strange_rows_do_no_harm(writer: Client, filing: Filing) -> None:
    sent = {
        "m.people": "0",
        "o.people": ["n1", "n1", "../x", "<b>", "n2"],
        "a.people.n1.name": "<script>alert(1)</script>",
    }
    assert save_one(writer, filing, "people", sent).status_code == 200
    assert [row["_id"] for row in kept(filing)["people"]] == ["n1"]
    assert "<script>alert" not in writer.get(fill_url(filing)).content.decode()


def test_last_years_answers_are_copied(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    trial.submitted(street)
    newer = open_today(trial_call(trial.network)).call
    writer = client_for(trial.network.actor(street))
    page = writer.get(reverse("programmes:call", args=[newer.pk])).content.decode()
    assert 'name="copy" value="last"' in page
    url = reverse("programmes:begin", args=[newer.pk, "filing"])
    assert writer.post(url, {"copy": "last"}).status_code == 302
    assert Filing.objects.get(call=newer, unit=street).answers["plan"] == "目标、计划与分工。"


def _rows(*names: str) -> list[dict[str, str]]:
    return [{"_id": f"r{at}", "name": name} for at, name in enumerate(names, 1)]


def _name(at: int) -> str:
    return f"a.people.r{at}.name"


def test_rows_that_somebody_else_wrote_meanwhile_are_kept_beside_ones_own(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲", "乙"), mark=0)
    page = form_of(writer.get(fill_url(filing)))
    theirs = [*_rows("甲", "乙二"), {"_id": "x1", "name": "丙"}]
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=theirs, mark=1)
    body = save_one(writer, filing, "people", {**page, _name(1): "甲一"}).content.decode()
    assert 'data-outcome="saved"' in body
    assert "data-is-merged" in body
    assert [row["name"] for row in kept(filing)["people"]] == ["甲一", "乙二", "丙"]


def test_a_clash_in_a_grid_shows_only_the_rows_that_both_changed_and_the_choice_is_for_them_alone(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲", "乙", "丙"), mark=0)
    page = form_of(writer.get(fill_url(filing)))
    save_answer(
        actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲", "乙二", "丙二"), mark=1
    )
    mine = {**page, _name(2): "乙一"}
    clash = save_one(writer, filing, "people", mine)
    body = clash.content.decode()
    assert clash.status_code == 409
    assert all(text in body for text in ("乙一", "乙二", "mine:people:2"))
    assert not any(text in body for text in ("甲", "丙二"))
    assert (
        save_one(writer, filing, "people", {**mine, "settle": "mine:people:1"}).status_code == 409
    )  # of an older one
    assert save_one(writer, filing, "people", {**mine, "settle": "mine:people:2"}).status_code == 200
    assert [row["name"] for row in kept(filing)["people"]] == ["甲", "乙一", "丙二"]


def test_a_clash_in_a_grid_is_settled_without_scripts_too(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲", "乙"), mark=0)
    page = form_of(writer.get(fill_url(filing)))
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲二", "乙二"), mark=1)
    answer = writer.post(fill_url(filing), {**page, _name(1): "甲一", "a.plan": "计划"})
    assert answer.status_code == 409
    settled = writer.post(fill_url(filing), {**form_of(answer), "settle": "theirs:people:2"})
    assert settled.status_code == 302
    assert [row["name"] for row in kept(filing)["people"]] == ["甲二", "乙二"]
    assert kept(filing)["plan"] == "计划"


def test_a_page_that_does_not_say_what_it_saw_chooses_between_the_whole_grids(
    trial: TrialCall, writer: Client, filing: Filing
) -> None:
    actor = trial.network.actor(filing.unit)
    save_answer(actor=actor, at=trial.at, filing=filing, key="people", value=_rows("甲", "乙"), mark=0)
    sent = {"m.people": "0", "o.people": ["r1", "r2"], _name(1): "甲", _name(2): "丁"}
    body = save_one(writer, filing, "people", sent).content.decode()
    assert "丁" in body
    assert "乙" in body
    assert "甲" not in body
