"""How ``{{ form }}`` looks everywhere, sign-in included: the setting FORM_RENDERER names ``PageForms``."""

from django.forms.renderers import TemplatesSetting


class PageForms(TemplatesSetting):
    """Renders whole forms and single fields with the parts of the design system."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
