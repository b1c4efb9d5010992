"""Every operation has a name that people can read in the audit trail, in both languages."""

from django.utils import translation

from lianxue.kernel.audit import ACTS, act_label
from lianxue.kernel.operation import OPERATIONS

FEATURES = (
    "accounts.",
    "orgs.",
    "notices.",
    "resources.",
    "distribution.",
    "programmes.",
    "workforce.",
    "documents.",
    "kernel.",
)


def test_every_operation_is_named() -> None:
    verbs = {verb for verb in OPERATIONS if verb.startswith(FEATURES)}
    unnamed = sorted(verbs - set(ACTS))
    assert not unnamed, f'give these a name: @operation("…", label=_("…")): {unnamed}'


def test_names_are_short_and_translated() -> None:
    for verb in ACTS:
        if not verb.startswith(FEATURES):
            continue
        with translation.override("en"):
            english = str(act_label(verb))
        with translation.override("zh-hans"):
            chinese = str(act_label(verb))
        assert 0 < len(chinese) <= 20, verb
        assert english != chinese, f"{verb} has no Chinese name"
        assert english[0].isupper(), verb
