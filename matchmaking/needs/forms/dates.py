"""The shape of a creator's free days: a first and a last day in each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules
from matchmaking.needs.fields import FreeSpan
from matchmaking.needs.models import FreeTime
from portal.core.forms import DateField, Form, show_flaws

SPARE = 2  # empty rows
ROWS = range(1, rules.MOST_SPANS + 1)


class FreeDaysForm(Form):
    """Rows that are empty say nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in ROWS:
            self.fields[f"from_{number}"] = DateField(label=_("First day"), required=False)
            self.fields[f"until_{number}"] = DateField(label=_("Last day"), required=False)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Those that say something, and a few to say more in."""
        rows = [(self[f"from_{n}"], self[f"until_{n}"]) for n in ROWS]
        said = [at for at, row in enumerate(rows, start=1) if any(one.value() for one in row)]
        return rows[: max(said, default=0) + SPARE]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        filled = []
        for number in ROWS:
            pair = (data.get(f"from_{number}"), data.get(f"until_{number}"))
            if (pair[0] is None) != (pair[1] is None):
                self.add_error(f"until_{number}", _("Give both days, or neither."))
            elif pair[0] is not None:
                filled.append(number)
        if not self.errors:
            names = {f"spans[{at}].ends_on": f"until_{n}" for at, n in enumerate(filled)}
            show_flaws(self, rules.flaws_of_free_days(self.spans()), names)
        return data

    def spans(self) -> list[FreeSpan]:
        data = self.cleaned_data
        pairs = [(data[f"from_{n}"], data[f"until_{n}"]) for n in ROWS]
        return [FreeSpan(first, last) for first, last in pairs if first is not None]


def initial_of_free_times(rows: Iterable[FreeTime]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        found |= {f"from_{number}": row.starts_on, f"until_{number}": row.ends_on}
    return found
