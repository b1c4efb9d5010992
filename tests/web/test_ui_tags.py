"""The parts as page writers use them."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override


def rendered(code: str, **context: object) -> str:
    with override("en"):
        return " ".join(Template("{% load ui %}" + code).render(Context(context)).split())


class LoanForm(forms.Form):
    borrower = forms.CharField(label="Borrower", help_text="As on the card.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    agreed = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_an_action_button_is_a_whole_form() -> None:
    made = rendered(
        '{% action_button "Submit" "/go/" confirm="Sure?" line=7 note=nothing %}',
        csrf_token="tok",
        nothing=None,
    )

    assert '<form class="action-form" method="post" action="/go/">' in made
    assert 'name="csrfmiddlewaretoken" value="tok"' in made
    assert 'name="line" value="7"' in made
    assert 'name="note" value=""' in made
    assert 'data-confirm="Sure?"' in made


def test_each_form_gets_a_key_of_its_own_unless_the_page_brings_one() -> None:
    assert rendered("{% request_key %}") != rendered("{% request_key %}")
    assert 'value="again"' in rendered("{% request_key %}", request_key="again")


def test_an_unknown_tone_is_a_mistake() -> None:
    with pytest.raises(TemplateSyntaxError, match="no button tone"):
        rendered('{% button "Save" tone="red" %}')


def test_values_are_escaped() -> None:
    nasty = '"><script>alert(1)</script>'
    made = rendered(
        "{% badge x %}{% stat x x %}{% callout x %}y{% endcallout %}{% panel title=x %}z{% endpanel %}"
        "{% table x %}<tr><td>1</td></tr>{% endtable %}{% chart x labels series %}{% empty x %}{% details x %}d{% enddetails %}",
        x=nasty,
        labels=[nasty],
        series=[{"name": nasty, "values": [1]}],
    )

    assert "<script>alert" not in made


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2025, 3, 9), "1 day overdue", "is-danger"),
        (date(2025, 3, 10), "due today", "is-danger"),
        (date(2025, 3, 11), "1 day left", "is-warning"),
        (date(2025, 3, 17), "7 days left", "is-warning"),
        (date(2025, 3, 18), "8 days left", "is-neutral"),
    ],
)
def test_a_deadline_says_how_long_there_is(day: date, words: str, tone: str) -> None:
    made = rendered("{% deadline day today=today %}", day=day, today=date(2025, 3, 10))

    assert words in made
    assert tone in made


def test_no_deadline_shows_nothing_and_a_met_one_is_done() -> None:
    assert rendered("{% deadline day %}", day=None) == ""
    assert "done" in rendered("{% deadline day done=True %}", day=date(2020, 1, 1))


def test_a_faulty_field_names_its_fault_to_screen_readers() -> None:
    form = LoanForm({"kind": "c"})
    made = rendered(
        "{% form_errors form %}{% field form.borrower %}{% field form.kind %}{% field form.agreed %}",
        form=form,
    )

    assert '<a href="#id_borrower">Borrower: This field is required.</a>' in made
    assert 'aria-describedby="id_borrower_helptext id_borrower_error"' in made
    assert 'id="id_borrower_error"' in made
    assert 'id="id_borrower_helptext">As on the card.' in made
    assert "<fieldset" in made
    assert 'href="#id_kind' in made


def test_a_sound_form_shows_no_summary() -> None:
    assert rendered("{% form_errors form %}", form=LoanForm()) == ""


def test_a_hint_given_on_the_page_is_tied_to_its_field() -> None:
    made = rendered('{% field form.agreed hint="Read it first." %}', form=LoanForm())

    assert 'aria-describedby="id_agreed_helptext"' in made
    assert 'id="id_agreed_helptext">Read it first.' in made


def test_a_whole_form_looks_the_same_by_itself() -> None:
    form = LoanForm()

    with override("en"):
        assert 'class="field' in str(form)
        assert str(form).count('name="secret"') == 1


def test_page_links_keep_the_filter_and_the_order() -> None:
    request = RequestFactory().get("/", {"text": "剪 纸&", "sort": "-title", "page": "2"})
    made = rendered("{% pagination page %}", request=request, page=Paginator(range(45), 20).get_page(2))

    assert 'href="?text=%E5%89%AA+%E7%BA%B8%26&amp;sort=-title&amp;page=3"' in made
    assert "21–40 of 45" in made
    assert 'aria-current="page" href="?text=%E5%89%AA+%E7%BA%B8%26&amp;sort=-title&amp;page=2">2' in made


def test_one_page_needs_no_page_links() -> None:
    assert (
        rendered(
            "{% pagination page %}", request=RequestFactory().get("/"), page=Paginator([1], 20).get_page(1)
        )
        == ""
    )


def test_a_meter_stays_within_its_bar() -> None:
    assert 'meter-fill" width="100.0"' in rendered('{% meter "x" 9 7 %}')
    assert 'meter-fill" width="0.0"' in rendered('{% meter "x" 0 0 %}')
    assert 'meter-fill" width="33.3"' in rendered('{% meter "x" 1 3 %}')


def test_a_chart_carries_its_numbers_as_a_table() -> None:
    made = rendered(
        '{% chart "Loans" labels series across="Month" %}',
        labels=["May", "June"],
        series=[{"name": "Books", "values": [3, 4]}, {"name": "Discs", "values": [5, 6]}],
    )

    assert '<th scope="row">May</th><td class="number">3</td><td class="number">5</td>' in made
    assert '"labels": ["May", "June"]' in made


def test_a_form_draws_what_the_map_shows_as_a_list_too() -> None:
    made = rendered(
        '{% map_figure "Map" "/geo.json" areas legend %}',
        areas=[{"code": "310101", "name": "黄浦区", "state": "due", "url": "/d/", "value": "3 / 4"}],
        legend=[{"key": "due", "label": "Not yet", "tone": "waiting"}],
    )

    assert '<a href="/d/">黄浦区</a>' in made
    assert "3 / 4" in made
    assert '"tone": "waiting"' in made
