"""Answers as they are kept: personal values sealed, everything else as it was written."""

from collections.abc import Callable, Mapping
from typing import Any

from lianxue.kernel.sealing import mask_phone, seal, unseal
from lianxue.programmes.models.definition import Field, Form, Grid

Answers = dict[str, Any]
SEALED = "sealed:"
CONTEXT = "programmes.answers"


def sealed_answers(form: Form, answers: Mapping[str, Any]) -> Answers:
    """Return ``answers`` with every personal value sealed; what is sealed already stays."""
    return _each_personal(form, answers, _seal)


def opened_answers(form: Form, answers: Mapping[str, Any]) -> Answers:
    """Return ``answers`` with every personal value readable. For the unit itself, for checks and for print."""
    return _each_personal(form, answers, _open)


def masked_answers(form: Form, answers: Mapping[str, Any]) -> Answers:
    """Return ``answers`` as they may be shown in lists and to readers: personal values with their middle hidden."""
    return _each_personal(form, answers, lambda value: mask_phone(str(_open(value))))


def sealed_answer(form: Form, key: str, value: Any) -> Any:
    """Return one answer as it is kept."""
    return sealed_answers(form, {key: value})[key]


def seal_value(value: str) -> str:
    """Seal one value outside a form."""
    return str(_seal(value))


def open_value(value: str) -> str:
    """Open one value outside a form."""
    return str(_open(value))


def _seal(value: Any) -> Any:
    if not isinstance(value, str) or not value or value.startswith(SEALED):
        return value
    return SEALED + seal(value, context=CONTEXT)


def _open(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(SEALED):
        return value
    return unseal(value.removeprefix(SEALED), context=CONTEXT)


def _each_personal(form: Form, answers: Mapping[str, Any], change: Callable[[Any], Any]) -> Answers:
    fields, grids = form.fields(), form.grids()
    result: Answers = {}
    for key, value in answers.items():
        if key in fields and fields[key].personal:
            result[key] = change(value)
        elif key in grids and isinstance(value, list):
            columns = [one.key for one in grids[key].columns if one.personal]
            result[key] = [
                {name: change(cell) if name in columns else cell for name, cell in row.items()}
                for row in value
            ]
        else:
            result[key] = value
    return result


def question(form: Form, key: str) -> Field | Grid | None:
    """Return the question or the grid called ``key``."""
    return form.fields().get(key) or form.grids().get(key)
