"""Whether a definition whose values are all of the right type can work at all."""

from lianxue.programmes.models.definition.parts import Definition
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness.forms import look_at_form
from lianxue.programmes.models.definition.soundness.papers import look_at_paper
from lianxue.programmes.models.definition.soundness.stages import look_at_stages
from lianxue.programmes.models.definition.soundness.whole import look_at_whole
from lianxue.programmes.models.definition.vocabulary import Vocabulary

__all__ = ["look_through"]


def look_through(definition: Definition, lines: Shaper, vocabulary: Vocabulary) -> None:
    """Tell everything in a definition that cannot work."""
    look_at_whole(definition, lines)
    look_at_stages(definition, lines, vocabulary)
    for form in definition.forms.values():
        look_at_form(form, lines, vocabulary)
        if form.paper:
            levels = [
                one.key for stage in definition.stages if stage.form == form.key for one in stage.levels
            ]
            look_at_paper(form, form.paper, levels, lines)
