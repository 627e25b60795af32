"""Between a form and what was typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

SEVERAL = (forms.ModelMultipleChoiceField, forms.MultipleChoiceField)


def typed_into(form: type[forms.Form], data: Any) -> dict[str, list[str]]:
    """The form's own fields as they came, unchecked: what is kept while somebody types."""
    return {name: data.getlist(name) for name in form.base_fields if name in data}


def initial_of_typed(form: type[forms.Form], values: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as it was typed."""
    return {
        name: values.get(name, []) if isinstance(field, SEVERAL) else (values.get(name) or [""])[0]
        for name, field in form.base_fields.items()
    }
