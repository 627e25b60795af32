"""What each column is called in the files of a feed, several names with commas between."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.revenue import rules
from portal.revenue.models import Feed
from portal.revenue.selectors import headers_by_column
from portal.revenue.upstream import COLUMNS

BETWEEN = re.compile(r"[,，;；\n]")


class HeadersForm(Form):
    def __init__(self, feed: Feed, data: Any) -> None:
        self.feed = feed
        super().__init__(data, initial=_initial(feed))
        for column in COLUMNS:
            self.fields[column.name] = forms.CharField(
                label=str(column.label),
                required=False,
                max_length=700,
                help_text=_("Known by itself: %(name)s.") % {"name": column.name},
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            others = Feed.objects.exclude(pk=self.feed.pk)
            show_flaws(self, rules.flaws_of_headers(self.feed, self.headers(), list(others)), {})
        return self.cleaned_data

    def headers(self) -> rules.Headers:
        split = {name: BETWEEN.split(text) for name, text in self.cleaned_data.items()}
        named = {name: [one.strip() for one in said] for name, said in split.items()}
        return {name: found for name, said in named.items() if (found := list(filter(None, said)))}


def _initial(feed: Feed) -> dict[str, str]:
    return {column: "，".join(said) for column, said in headers_by_column(feed).items()}
