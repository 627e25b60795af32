"""Shape of what people write of a shortlist or a search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.models.searches import LONGEST_NAME
from portal.directory.models.shortlist import LONGEST_NOTE


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False)


class SearchNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the search"), max_length=LONGEST_NAME)
