"""The terms of a framework as people type them, its meetings, and how it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.revenue.engine import Month
from portal.revenue.engine.agreement import LadderMode
from portal.tiers import rules
from portal.tiers.framework_fields import DecisionFields, FrameworkFields, MinutesFields
from portal.tiers.framework_states import (
    MOST_BANDS,
    MOST_MEETINGS,
    MOST_MONTHS,
    DecisionStatus,
    FrameworkSide,
)
from portal.tiers.framework_terms import month_name
from portal.tiers.models import Framework, FrameworkMeeting

AHEAD = 18  # months that may be chosen to begin with
DECISIONS = 4  # rows of the minutes' form
NAMES = {"targets": "total", "bands": "rate_1", "meetings": "meeting_1"}


class FrameworkForm(Form):
    """A total spreads evenly over the months that are left empty."""

    starts_on = forms.TypedChoiceField(label=_("First month"), coerce=date.fromisoformat)
    length = forms.IntegerField(
        label=_("Months"), min_value=1, max_value=MOST_MONTHS, initial=MOST_MONTHS, required=False
    )
    total = MoneyField(
        label=_("Target of the term (¥)"),
        required=False,
        help_text=_("Spread evenly over the months below that stay empty."),
    )
    creators = forms.IntegerField(label=_("Active creators to reach"), min_value=0, required=False)
    mode = forms.ChoiceField(
        label=_("The rate of a step counts for"),
        choices=[
            (LadderMode.MARGINAL.value, _("what lies in the step")),
            (LadderMode.WHOLE_BAND.value, _("the whole month, once the step is reached")),
        ],
    )
    extras = forms.CharField(
        label=_("Beside the rebate"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the platform does for the agency: seats, samples, a manager."),
    )
    note = forms.CharField(label=_("Word to the other side"), max_length=300, required=False)

    def __init__(self, *args: Any, changed: Framework | None = None, **kwargs: Any) -> None:
        """`changed`: what both signed, whose months to come get other terms."""
        super().__init__(*args, **kwargs)
        self.changed = changed
        months = _first_months(changed)
        starts_on = self.fields["starts_on"]
        assert isinstance(starts_on, forms.TypedChoiceField)  # noqa: S101 - declared above
        starts_on.choices = [(month.first_day.isoformat(), month_name(month)) for month in months]
        if changed is not None:
            del self.fields["length"]
        for n in range(1, MOST_MONTHS + 1):
            label = _("Month %(n)s (¥)") % {"n": n}
            self.fields[f"target_{n}"] = MoneyField(label=label, required=False)
        for n in range(1, MOST_BANDS + 1):
            if n < MOST_BANDS:
                top = MoneyField(label=_("A month's net GMV up to (¥)"), required=False)
                self.fields[f"top_{n}"] = top
            self.fields[f"rate_{n}"] = PercentField(label=_("Rebate (%)"), required=False)
        for n in range(1, MOST_MEETINGS + 1):
            self.fields[f"meeting_{n}"] = DateField(
                label=_("Review meeting %(n)s") % {"n": n}, required=False
            )

    @property
    def target_rows(self) -> list[forms.BoundField]:
        return [self[f"target_{n}"] for n in range(1, MOST_MONTHS + 1)]

    @property
    def step_rows(self) -> list[tuple[forms.BoundField | None, forms.BoundField]]:
        tops = [self[f"top_{n}"] if n < MOST_BANDS else None for n in range(1, MOST_BANDS + 1)]
        return [(top, self[f"rate_{n}"]) for n, top in enumerate(tops, start=1)]

    @property
    def meeting_rows(self) -> list[forms.BoundField]:
        return [self[f"meeting_{n}"] for n in range(1, MOST_MEETINGS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            fields = self.framework_fields()
            show_flaws(self, rules.flaws_of_framework(fields, self.changed), NAMES)
        return data

    def framework_fields(self) -> FrameworkFields:
        data = self.cleaned_data
        return FrameworkFields(
            starts_on=data["starts_on"],
            targets=self._targets(),
            bands=self._bands(),
            mode=data["mode"],
            creators=data["creators"] or 0,
            meetings=[day for n in range(1, 7) if (day := data[f"meeting_{n}"])],
            extras=data["extras"],
            note=data["note"],
        )

    def _targets(self) -> list[int]:
        given = [self.cleaned_data[f"target_{n}"] for n in range(1, self._length() + 1)]
        left = max(0, (self.cleaned_data["total"] or 0) - sum(one or 0 for one in given))
        empty = sum(one is None for one in given)
        shares = iter(_spread(left, empty))
        return [next(shares) if one is None else one for one in given]

    def _length(self) -> int:
        if self.changed is None:
            return self.cleaned_data["length"] or MOST_MONTHS
        first = self.cleaned_data["starts_on"]
        return sum(month.first_day >= first for month in self.changed.months)

    def _bands(self) -> list[tuple[int | None, int]]:
        """The rows that are filled in; the last has no limit unless it says one."""
        data = self.cleaned_data
        rated = [n for n in range(1, MOST_BANDS + 1) if data[f"rate_{n}"] is not None]
        return [(data.get(f"top_{n}"), data[f"rate_{n}"]) for n in rated]


def _spread(fen: int, parts: int) -> Iterator[int]:
    for n in range(parts):
        yield fen * (n + 1) // parts - fen * n // parts


def _first_months(changed: Framework | None) -> list[Month]:
    today = clock.today()
    if changed is not None:
        return [month for month in changed.months if month.first_day > today]
    at = today.year * 12 + today.month
    return [Month(n // 12, n % 12 + 1) for n in range(at, at + AHEAD)]


def initial_of_framework(fields: FrameworkFields) -> dict[str, Any]:
    found: dict[str, Any] = {
        "starts_on": fields.starts_on.isoformat(),
        "length": len(fields.targets),
        "creators": fields.creators or None,
        "mode": fields.mode,
        "extras": fields.extras,
    }
    found |= {f"target_{n}": fen for n, fen in enumerate(fields.targets, start=1)}
    for n, (top, rate) in enumerate(fields.bands, start=1):
        found |= {f"top_{n}": top, f"rate_{n}": rate}
    return found | {f"meeting_{n}": day for n, day in enumerate(fields.meetings, start=1)}


def initial_of_change(fields: FrameworkFields) -> dict[str, Any]:
    """The same terms for the months that have not begun; meetings that are over stay away."""
    today = clock.today()
    pairs = zip(fields.months, fields.targets, strict=True)
    left = [(month, target) for month, target in pairs if month.first_day > today]
    if not left:
        return initial_of_framework(fields)
    first = left[0][0].first_day
    return initial_of_framework(
        FrameworkFields(
            starts_on=first,
            targets=[target for _month, target in left],
            bands=fields.bands,
            mode=fields.mode,
            creators=fields.creators,
            meetings=[day for day in fields.meetings if day >= first],
            extras=fields.extras,
        )
    )


class MeetingDayForm(Form):
    planned_on = DateField(label=_("Day of the meeting"))

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_day(self.framework, data["planned_on"]), {})
        return data


class MinutesForm(Form):
    """What was talked about, and up to four items; one without a text is none."""

    held_on = DateField(label=_("Held on"))
    minutes = forms.CharField(
        label=_("Minutes of the meeting"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Both sides read them; they stay as they are written."),
    )

    def __init__(self, meeting: FrameworkMeeting, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"held_on": min(meeting.planned_on, clock.today())})
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        for n in range(1, DECISIONS + 1):
            self.fields[f"text_{n}"] = forms.CharField(
                label=_("Decided %(n)s") % {"n": n}, max_length=300, required=False
            )
            self.fields[f"side_{n}"] = forms.ChoiceField(
                label=_("Done by"), choices=FrameworkSide.choices, required=False
            )
            self.fields[f"owner_{n}"] = forms.CharField(
                label=_("Who"), max_length=60, required=False
            )
            self.fields[f"due_{n}"] = DateField(label=_("Due on"), required=False)

    @property
    def decision_rows(self) -> list[list[forms.BoundField]]:
        names = ("text", "side", "owner", "due")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, DECISIONS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(1, DECISIONS + 1):
            if data.get(f"text_{n}") and not data.get(f"due_{n}"):
                self.add_error(f"due_{n}", str(_("Say until when.")))
        if not self.errors:
            flaws = rules.flaws_of_minutes(self.meeting, self.minutes_fields())
            show_flaws(self, flaws, {"decisions": "text_1"})
        return data

    def minutes_fields(self) -> MinutesFields:
        data = self.cleaned_data
        rows = [n for n in range(1, DECISIONS + 1) if data[f"text_{n}"]]
        decisions = [
            DecisionFields(
                data[f"text_{n}"], data[f"side_{n}"], data[f"owner_{n}"], data[f"due_{n}"]
            )
            for n in rows
        ]
        return MinutesFields(data["held_on"], data["minutes"], decisions)


class OutcomeForm(Form):
    status = forms.ChoiceField(label=_("Outcome"), choices=DecisionStatus.choices[1:])
    outcome = forms.CharField(label=_("Outcome of the item"), max_length=300, required=False)


class ClosingForm(Form):
    closing = forms.CharField(
        label=_("How it came out"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The agency reads this."),
    )


class DecliningForm(Form):
    why = forms.CharField(label=_("Why"), max_length=600, required=False)
