"""How ``{{ form }}`` looks everywhere, sign-in included: the setting FORM_RENDERER names ``PageForms``."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


class PageForms(TemplatesSetting):
    """Renders whole forms and single fields with the parts of the design system."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def render(self, template_name: str, context: Any, request: HttpRequest | None = None) -> str:
        """Write a list to choose from by hand: Django renders two templates for each of its lines."""
        if template_name == SELECT and _is_plain(context["widget"]):
            return _select(context["widget"])
        return super().render(template_name, context, request)


SELECT, OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Tell whether all lines are without groups and look as usual."""
    return all(
        name is None and all(option["template_name"] == OPTION for option in options)
        for name, options, _index in widget["optgroups"]
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    """Return what Django's own template gives, sign by sign."""
    lines = [
        f'\n  <option value="{_text(option["value"])}"{_attributes(option["attrs"])}>{conditional_escape(option["label"])}</option>\n'
        for _name, options, _index in widget["optgroups"]
        for option in options
    ]
    head = f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    return SafeString(head + "".join(lines) + "\n</select>")  # every value is escaped


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{_text(value)}"')
        for name, value in attributes.items()
        if value is not False
    )
