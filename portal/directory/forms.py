"""Shape of what people write of a shortlist or a search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.models import SavedSearch, ShortlistEntry


def _longest(model: type[ShortlistEntry] | type[SavedSearch], name: str) -> int:
    return int(model._meta.get_field(name).max_length or 0)


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"), max_length=_longest(ShortlistEntry, "note"), required=False
    )


class SearchNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=_longest(SavedSearch, "name"))
