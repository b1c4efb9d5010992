"""The form, the list, the page of one contribution and the two desks, as people use them."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.orgs import AT, Network, client_for, small_network
from tests.factories.resources import COMPLETE_OFFER, make_category, make_contribution, make_picture
from tests.resources.pages import queries_of, read_all

from lianxue.orgs.public import Role
from lianxue.resources.enums import ContributionState, Level, Verdict
from lianxue.resources.models import CatalogueEntry, Contribution, ReviewDecision
from lianxue.resources.operations import collate_contributions, review_contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def author(network: Network) -> Client:
    return client_for(network.actor(network.points[0]))


def filled_in(**changes: Any) -> dict[str, Any]:
    make_category()
    return {
        "title": "弄堂里的童谣",
        "kind": "book",
        "category": "skills",
        "description": "老人口述。",
        "copies_offered": "20",
        "rights_holder": "本校",
        "rights_declared": "on",
        "then": "submit",
        "request_key": "one-form",
        **changes,
    }


NEW = "resources:contribution-new"


def test_a_form_that_is_complete_is_sent_in(author: Client) -> None:
    answer = author.post(
        reverse(NEW), filled_in(cover=SimpleUploadedFile("封面.png", make_picture().read())), follow=True
    )
    row = Contribution.objects.get()
    assert answer.redirect_chain == [(reverse("resources:contribution", args=[row.pk]), 302)]
    assert row.state == ContributionState.SUBMITTED
    assert row.cover is not None
    page = answer.content.decode()
    assert "《弄堂里的童谣》已提交。" in page
    for size in ("", "-small"):
        url = reverse(f"resources:contribution-cover{size}", args=[row.pk])
        cover = author.get(url)
        assert read_all(cover).startswith(b"\xff\xd8")
        assert (cover.status_code, cover["Cache-Control"]) == (200, "private, max-age=3600")


def test_what_is_incomplete_is_saved_and_the_places_are_marked(author: Client) -> None:
    answer = author.post(reverse(NEW), filled_in(description="", rights_declared=""), follow=True)
    row = Contribution.objects.get()
    assert row.state == ContributionState.DRAFT
    assert answer.redirect_chain[0][0] == f"{reverse('resources:contribution-edit', args=[row.pk])}?check=1"
    form = answer.context["form"]
    assert set(form.errors) == {"description", "rights_declared"}
    page = answer.content.decode()
    assert "内容已保存，但尚未提交。" in page
    assert 'value="弄堂里的童谣"' in page


def test_a_fault_keeps_everything_that_was_typed(author: Client) -> None:
    answer = author.post(
        reverse(NEW),
        filled_in(
            isbn="123",
            creator="<王老师>",
            then="save",
            cover=SimpleUploadedFile("a.png", make_picture().read()),
        ),
    )
    assert answer.status_code == 422
    assert not Contribution.objects.exists()
    page = unescape(answer.content.decode())
    for typed in ('value="123"', 'value="<王老师>"', "老人口述。", 'value="本校"', 'value="one-form"'):
        assert typed in page, typed
    assert "请重新选择图片，浏览器不会保留已选的图片。" in page
    assert "书号不正确。" in page


def test_a_bad_picture_is_told_at_its_field(author: Client) -> None:
    answer = author.post(reverse(NEW), filled_in(cover=SimpleUploadedFile("a.png", b"not a picture")))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"cover"}
    assert not Contribution.objects.exists()


def test_a_form_sent_twice_makes_one_contribution(author: Client) -> None:
    for _again in range(2):
        assert author.post(reverse(NEW), filled_in()).status_code == 302
    assert Contribution.objects.count() == 1


def test_an_old_window_does_not_overwrite_a_newer_text(network: Network, author: Client) -> None:
    row = make_contribution(network)
    url = reverse("resources:contribution-edit", args=[row.pk])
    assert author.post(url, filled_in(title="甲", version=1, then="save")).status_code == 302
    answer = author.post(url, filled_in(title="乙", version=1, then="save", request_key="another"))
    assert answer.status_code == 422
    assert "本单位其他人员刚刚修改过这项内容" in answer.content.decode()
    row.refresh_from_db()
    assert row.title == "甲"


def test_after_it_was_sent_in_it_cannot_be_edited(network: Network, author: Client) -> None:
    row = make_contribution(network, ContributionState.SUBMITTED)
    url = reverse("resources:contribution-edit", args=[row.pk])
    assert author.get(url).status_code == 409
    assert author.post(url, filled_in(title="改", version=row.version)).status_code == 409
    assert author.post(reverse("resources:contribution-discard", args=[row.pk])).status_code == 409
    row.refresh_from_db()
    assert row.title == "弄堂里的童谣"


@pytest.mark.parametrize("name", ["edit", "submit", "discard", "return", "cover"])
def test_a_neighbours_contribution_does_not_exist(network: Network, name: str) -> None:
    row = make_contribution(network, ContributionState.SUBMITTED)
    neighbour = client_for(network.actor(network.points[1]))
    url = reverse(f"resources:contribution-{name}", args=[row.pk])
    method = neighbour.get if name in ("edit", "cover") else neighbour.post
    assert method(url).status_code == 404
    assert client_for(network.actor(network.colleges[1])).post(url, {"reason": "x"}).status_code == 404


def test_ticked_drafts_are_sent_in_together(network: Network, author: Client) -> None:
    ids = [make_contribution(network, title=f"第{n}本").pk for n in range(3)]
    url = reverse("resources:contributions-submit")
    answer = author.post(url, {"chosen": [*ids[:2], "x", "²"]}, follow=True)
    assert "已提交2项资源。" in answer.content.decode()
    assert Contribution.objects.filter(state=ContributionState.SUBMITTED).count() == 2
    assert author.post(url, {"chosen": ids}).status_code == 409
    assert author.post(url, {}).status_code == 422


def test_a_college_passes_on_what_is_ticked_and_sends_one_back(network: Network) -> None:
    ids = [make_contribution(network, ContributionState.SUBMITTED, title=f"第{n}本").pk for n in range(3)]
    college = client_for(network.actor(network.colleges[0]))
    desk = reverse("resources:collation")
    assert "第2本" in college.get(desk).content.decode()
    answer = college.post(desk, {"chosen": ids[:2]}, follow=True)
    assert "已将2项资源汇总上交市学指办。" in answer.content.decode()
    again = college.post(desk, {"chosen": ids}, follow=True).content.decode()
    assert "《第0本》、《第1本》已经处理过。" in again
    back = reverse("resources:contribution-return", args=[ids[2]])
    answer = college.post(back, {"reason": " "})
    assert answer.status_code == 422
    answer = college.post(back, {"reason": "请补充封面"}, follow=True)
    assert answer.redirect_chain[-1][0] == desk
    row = Contribution.objects.get(pk=ids[2])
    assert row.state == ContributionState.RETURNED
    author = client_for(network.actor(network.points[0]))
    assert "请补充封面" in author.get(reverse("resources:contribution", args=[row.pk])).content.decode()
    assert "被退回的共享资源" in author.get("/").content.decode()


def _review(client: Client, pk: int, **data: Any) -> Any:
    return client.post(reverse("resources:review-one", args=[pk]), {"revision": 1, **data}, follow=True)


def test_the_reviewers_desk_leads_from_one_to_the_next(network: Network) -> None:
    ids = [make_contribution(network, ContributionState.COLLATED, title=f"第{n}本").pk for n in range(4)]
    desk = client_for(network.actor(network.office, Role.RESOURCE_REVIEWER))
    url = reverse("resources:review")
    first = desk.get(url, follow=True)
    assert first.redirect_chain == [(reverse("resources:review-one", args=[ids[0]]), 302)]
    assert "还有4项" in first.content.decode()
    put_off = desk.get(url, {"after": ids[0]}, follow=True)
    assert put_off.redirect_chain == [(reverse("resources:review-one", args=[ids[1]]), 302)]
    assert desk.get(url, {"after": ids[3]}).headers["Location"] == reverse(
        "resources:review-one", args=[ids[0]]
    )
    answer = _review(desk, ids[0], verdict="accepted", reason="很好", usual="")
    assert answer.redirect_chain[-1][0] == reverse("resources:review-one", args=[ids[1]])
    assert "《第0本》：审核通过。" in answer.content.decode()
    _review(desk, ids[1], verdict="rejected", usual="资源目录中已有该资源。", reason="见编号1")
    assert (
        ReviewDecision.objects.get(contribution=ids[1], level=Level.OFFICE).reason
        == "资源目录中已有该资源。\n见编号1"
    )
    _review(desk, ids[2], verdict="returned", usual="请补充封面照片。", reason="")
    missing = desk.post(
        reverse("resources:review-one", args=[ids[3]]), {"revision": 1, "verdict": "accepted"}
    )
    assert missing.status_code == 422
    assert "请填写理由" in missing.content.decode()
    done = _review(desk, ids[3], verdict="accepted", reason="好")
    assert "全部审核完毕" in done.content.decode()
    assert CatalogueEntry.objects.count() == 2
    assert list(Contribution.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "rejected",
        "returned",
        "accepted",
    ]


def test_what_a_colleague_has_decided_meanwhile_is_said_and_passed_over(network: Network) -> None:
    row = make_contribution(network, ContributionState.COLLATED, title="甲")
    other = make_contribution(network, ContributionState.COLLATED, title="乙")
    desk = client_for(network.actor(network.office, Role.RESOURCE_REVIEWER))
    review_contribution(
        actor=network.office_admin,
        at=AT,
        contribution=row,
        revision=1,
        verdict=Verdict.REJECTED,
        reason="重复",
    )
    answer = _review(desk, row.pk, verdict="accepted", reason="好")
    assert answer.redirect_chain[-1][0] == reverse("resources:review-one", args=[other.pk])
    assert "《甲》" in answer.content.decode()
    assert not CatalogueEntry.objects.exists()
    assert desk.get(reverse("resources:review-one", args=[row.pk])).status_code == 302


def test_a_verdict_that_is_none_is_refused(network: Network) -> None:
    row = make_contribution(network, ContributionState.COLLATED)
    desk = client_for(network.office_admin)
    url = reverse("resources:review-one", args=[row.pk])
    for data in ({"verdict": "collated"}, {"verdict": "x"}, {}, {"verdict": "accepted", "revision": "x"}):
        assert desk.post(url, {"reason": "好", "revision": 1, **data}).status_code == 422
    assert not ReviewDecision.objects.filter(level=Level.OFFICE).exists()


def test_what_was_typed_is_never_markup(network: Network) -> None:
    nasty = "<script>alert(1)</script>"
    row = make_contribution(
        network, ContributionState.COLLATED, title=nasty, description=nasty, creator=nasty, keywords=nasty
    )
    make_contribution(network, ContributionState.SUBMITTED, title=nasty, organisation=network.points[1])
    for actor, name, args in (
        (network.actor(network.points[0]), "contributions", []),
        (network.actor(network.points[0]), "contribution", [row.pk]),
        (network.actor(network.colleges[0]), "collation", []),
        (network.office_admin, "network", []),
        (network.office_admin, "review-one", [row.pk]),
    ):
        page = client_for(actor).get(reverse(f"resources:{name}", args=args)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_lists_ask_the_database_as_often_for_one_as_for_many(network: Network) -> None:
    def make(number: int) -> None:
        for organisation in (network.points[0], network.points[1]):
            for state in (ContributionState.DRAFT, ContributionState.SUBMITTED, ContributionState.COLLATED):
                make_contribution(
                    network,
                    state,
                    organisation=organisation,
                    title=f"{organisation}{state}{number}",
                    category=make_category(f"c{number}", f"类{number}"),
                )
        make_contribution(network, ContributionState.ACCEPTED, title=f"通过{number}")

    make(0)
    pages = [
        (client_for(network.actor(network.points[0])), "contributions", {}),
        (client_for(network.actor(network.colleges[0])), "collation", {}),
        (client_for(network.actor(network.colleges[0])), "network", {}),
        (client_for(network.office_admin), "network", {"export": "xlsx"}),
        (client_for(network.office_admin), "figures", {}),
        (client_for(network.office_admin), "categories", {}),
    ]
    before = [queries_of(client, reverse(f"resources:{name}"), asked) for client, name, asked in pages]
    for number in range(1, 6):
        make(number)
    after = [queries_of(client, reverse(f"resources:{name}"), asked) for client, name, asked in pages]
    assert after == before


def test_lists_can_be_filtered(network: Network) -> None:
    make_contribution(network, title="草稿甲")
    sent = make_contribution(network, ContributionState.SUBMITTED, title="已提交乙", kind="disc")
    other = make_contribution(
        network, ContributionState.SUBMITTED, title="邻校丙", organisation=network.points[1]
    )
    author, college = (
        client_for(network.actor(network.points[0])),
        client_for(network.actor(network.colleges[0])),
    )

    def shown(client: Client, name: str, **asked: Any) -> list[str]:
        listing = client.get(reverse(f"resources:{name}"), asked).context["listing"]
        return sorted(row.title for row in listing.page)

    assert shown(author, "contributions") == ["已提交乙", "草稿甲"]
    assert shown(author, "contributions", state="draft") == ["草稿甲"]
    assert shown(author, "contributions", q="乙", kind="disc") == ["已提交乙"]
    assert shown(author, "contributions", q="没有") == []
    assert shown(author, "contributions", state="nonsense") == ["已提交乙", "草稿甲"]
    assert shown(college, "network", organisation=other.organisation_id) == ["邻校丙"]
    assert shown(college, "network", organisation=network.points[3].pk) == ["已提交乙", "邻校丙"]
    assert shown(college, "network", kind=sent.kind) == ["已提交乙"]


def test_home_says_what_waits(network: Network) -> None:
    row = make_contribution(network, ContributionState.SUBMITTED)
    college, office = network.actor(network.colleges[0]), network.office_admin
    assert "汇总上交各单位提交的资源" in client_for(college).get("/").content.decode()
    assert "审核共享资源" not in client_for(office).get("/").content.decode()
    collate_contributions(actor=college, at=AT, contribution_ids=[row.pk])
    assert "汇总上交各单位提交的资源" not in client_for(college).get("/").content.decode()
    assert "审核共享资源" in client_for(office).get("/").content.decode()
    assert COMPLETE_OFFER.rights_declared
