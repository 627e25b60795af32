"""What is tried: other values for indicators, in the address, so that it can be passed on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import NumberInput

from portal.core.forms import Form
from portal.evaluation.selectors import FARTHEST, Board, Line

STEPS = 100  # a slider has so many between the goalposts


class TrialForm(Form):
    """A number an indicator, named by its code; where it is left out or as it is, nothing is
    changed. Each has a slider of the same name under a second one, for those who drag."""

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        for code, line in board.lines.items():
            self.fields[code] = forms.FloatField(
                label=line.name,
                required=False,
                min_value=-FARTHEST,
                max_value=FARTHEST,
                widget=NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )

    def values(self) -> dict[str, float]:
        """What differs from how it is; a field that cannot be read changes nothing."""
        self.is_valid()
        found = {}
        for code, line in self.board.lines.items():
            value = self.cleaned_data.get(code)
            if value is not None and not _is_as_is(value, line):
                found[code] = value
        return found


def _is_as_is(value: float, line: Line) -> bool:
    return line.steps.raw is not None and abs(value - round(line.steps.raw, 2)) < 1e-9
