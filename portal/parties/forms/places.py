"""Cities by their names: a field that searches as one types, without a script.

The list of a page's suggestions is the browser's own (`datalist`); each shows the city's other name
and its region, so that `tang` finds 唐山. What is sent is a name, or a key as the API knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.parties.models import City
from portal.parties.search import CITY_SUFFIX
from portal.parties.selectors.reference import reference

LEAST_EMPTY = 2  # inputs for more cities that a page offers at once
UNKNOWN = _("“%(name)s” is not on the list. Type a few characters and choose a city.")


def key_of(value: Any) -> str:
    """The key of the city meant: a key itself, or a name in either language, with or without 市."""
    text = str(value.pk if isinstance(value, Model) else value).strip()
    if not text or text.isdecimal():
        return text
    asked = {text.casefold(), text.casefold().removesuffix(CITY_SUFFIX)}
    for city in reference().cities.values():
        if not asked.isdisjoint((city.name_zh, city.name_en.casefold())):
            return str(city.pk)
    raise forms.ValidationError(UNKNOWN, code="invalid_choice", params={"name": text})


def _city_of(value: Any) -> City | None:
    text = str(value)
    return reference().cities.get(int(text)) if text.isdecimal() else None


def _suggestions(list_id: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}">{} · {}</option>',
        (
            (city.name, city.name_en if city.name == city.name_zh else city.name_zh, region)
            for city in reference().cities.values()
            for region in [reference().regions[city.region_id].name]
        ),
    )
    return format_html('<datalist id="{}">{}</datalist>', list_id, options)


class CityInput(forms.TextInput):
    """One city, by name."""

    def format_value(self, value: Any) -> str | None:
        city = _city_of(value) if value not in (None, "") else None
        return city.name if city else super().format_value(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}-list"
        given = (attrs or {}) | {"list": list_id, "autocomplete": "off"}
        return super().render(name, value, given, renderer) + _suggestions(list_id)


class CitiesInput(forms.CheckboxSelectMultiple):
    """Several cities: those chosen as boxes to untick, and inputs for more."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        found = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name) or []
        return [text for text in map(str, found) if text.strip()]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = attrs or {}
        values = [str(one) for one in value or ()]
        chosen = [city for one in values if (city := _city_of(one)) is not None]
        typed = [one for one in values if _city_of(one) is None]
        list_id = f"{attrs.get('id', name)}-list"
        boxes = format_html_join(
            "",
            '<label><input type="checkbox" name="{}" value="{}" checked>{}</label>',
            ((name, city.pk, city.name) for city in chosen),
        )
        inputs = self._inputs(name, [*typed, *[""] * LEAST_EMPTY], list_id, attrs)
        return format_html(
            '<div>{}</div><div class="row-w mt-2">{}</div>{}',
            boxes,
            inputs,
            _suggestions(list_id),
        )

    def _inputs(
        self, name: str, values: Iterable[str], list_id: str, attrs: Mapping[str, Any]
    ) -> SafeString:
        rows = [
            (f"{attrs.get('id', name)}_{number}", name, value, list_id, gettext("Add a city"))
            for number, value in enumerate(values)
        ]
        return format_html_join(
            "",
            '<input class="form-control w-auto" id="{}" name="{}" value="{}" list="{}"'
            ' autocomplete="off" maxlength="80" aria-label="{}" placeholder="{}">',
            ((*row, row[-1]) for row in rows),
        )


class CityField(forms.ModelChoiceField):
    """One city; the clean value is its row."""

    widget = CityInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(City.objects.all(), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(key_of(value) if value not in self.empty_values else value)


class CitiesField(forms.ModelMultipleChoiceField):
    """Any number of cities; the clean value is their rows."""

    widget = CitiesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(City.objects.all(), **kwargs)

    def clean(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return super().clean(value)
        return super().clean([key_of(one) for one in value])
