"""Lists to choose from are written by hand, sign by sign as Django's own templates write them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from lianxue.web.interfaces.web.form_rendering import PageForms

CHOICES = [
    ("", "all"),
    ("a", "甲 <b> & 'x' \"y\""),
    ("<&>\"'", "odd"),
    (3, "number"),
    (None, "nothing"),
    ("s", SafeString("<i>safe</i>")),
]
GROUPED = [("one", [("a", "甲")]), ("b", "乙")]


class Chosen(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, required=False)
    many = forms.MultipleChoiceField(choices=CHOICES, required=False)
    grouped = forms.ChoiceField(choices=GROUPED, required=False)
    dressed = forms.ChoiceField(
        choices=CHOICES,
        required=True,
        widget=forms.Select(
            attrs={"class": "x<y", "data-a": SafeString("&amp;"), "hidden": True, "off": False}
        ),
    )


@pytest.mark.parametrize("name", Chosen.base_fields)
@pytest.mark.parametrize("value", ["", "a", "<&>\"'", "3", "s"])
def test_a_list_looks_as_django_writes_it(name: str, value: str) -> None:
    data = {name: [value] if name == "many" else value}
    ours = Chosen(data, renderer=PageForms())[name].as_widget()
    theirs = Chosen(data, renderer=DjangoTemplates())[name].as_widget()
    assert ours == theirs
