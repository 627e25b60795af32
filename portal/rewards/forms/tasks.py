"""A task with its steps as operators write it, a season, a budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MomentField, MoneyField, show_flaws
from portal.evaluation.selectors import indicator_names
from portal.parties.models import ServiceType
from portal.parties.states import PartyKind
from portal.rewards import rules
from portal.rewards.fields import Audience, ProgrammeFields, StepFields, TaskFields
from portal.rewards.models import CouponKind, Programme, Task
from portal.rewards.states import SIZES, Check, Fold, Hold, Line, Since, StepEvent, Unit

ROWS = 5  # of steps, at the least
PLAIN = (
    *("code", "title_zh", "title_en", "text_zh", "text_en", "quota", "opens_at", "closes_at"),
    *("finish_days", "begin_days", "unit", "check_by", "hold", "indicator", "line"),
)
WHOM = (
    *("kinds", "sizes", "services", "least_stars", "most_stars", "least_score", "most_score"),
    *("least_followers", "most_followers"),
)
BEGUN = [("", "—")]


def _text(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


def _number(label: Any, *, least: int = 0, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, required=False, **more)


def _ticks(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=widget, required=False, **more
    )


class TaskForm(Form):
    """`steps`: rows without an event are not there. Scores in whole points."""

    code = forms.CharField(
        label=_("code"), max_length=60, help_text=_("In its address, such as live-1.")
    )
    title_zh = forms.CharField(label=_("Chinese title"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=90)
    text_zh = _text(_("What is to be done, in Chinese"), 2000)
    text_en = _text(_("What is to be done, in English"), 3000)
    kinds = _ticks(_("Whom it is for"), PartyKind.choices)
    sizes = _ticks(_("Sizes"), [(one, one) for one in SIZES], help_text=_("None: every size."))
    services = forms.MultipleChoiceField(label=_("Services"), required=False)
    least_stars = _number(_("stars from"))
    most_stars = _number(_("stars to"))
    least_score = _number(_("score from"))
    most_score = _number(_("score to"))
    least_followers = _number(_("followers from"))
    most_followers = _number(_("followers to"))
    indicator = forms.ChoiceField(label=_("lifts the indicator"), required=False)
    line = forms.ChoiceField(
        label=_("or the growth line"), choices=[*BEGUN, *Line.choices], required=False
    )
    unit = forms.ChoiceField(label=_("Reward"), choices=Unit.choices)
    amount_fen = MoneyField(label=_("amount, of cash"), required=False)
    coupon_kind = forms.TypedChoiceField(
        label=_("traffic coupon"), coerce=int, empty_value=None, required=False
    )
    quota = forms.IntegerField(label=_("rewards"), min_value=1)
    hold = forms.ChoiceField(label=_("The reward"), choices=Hold.choices)
    check_by = forms.ChoiceField(label=_("Who verifies"), choices=Check.choices)
    opens_at = MomentField(label=_("claims from"))
    closes_at = MomentField(label=_("claims until"))
    begin_days = _number(_("days to begin"), least=1, help_text=_("Empty: no such day."))
    finish_days = forms.IntegerField(label=_("days to finish"), min_value=1)

    def __init__(self, *args: Any, season: Programme, task: Task | None = None, **more: Any):
        self.season, self.task = season, task
        more.setdefault("initial", _initial(task) if task else {})
        super().__init__(*args, **more)
        self._choose("services", ((s.code, s.name) for s in ServiceType.objects.order_by("code")))
        names = indicator_names().items()
        self._choose("indicator", [*BEGUN, *((code, f"{code} {name}") for code, name in names)])
        kinds = CouponKind.objects.filter(is_offered=True).order_by("face")
        self._choose("coupon_kind", [*BEGUN, *((one.pk, one.name) for one in kinds)])
        # A draft from elsewhere may have more: none is lost by being looked at here.
        self.rows = range(1, max(ROWS, task.steps.count() if task else 0) + 1)
        for number in self.rows:
            self.fields |= _step_fields(number)

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def step_rows(self) -> list[list[forms.BoundField]]:
        names = ("event", "fold", "target", "scope", "since")
        return [[self[f"{name}_{n}"] for name in names] for n in self.rows]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_task(self.task_fields(), self.season, self.task)
            show_flaws(self, flaws, {"steps": "target_1"})
        return data

    def task_fields(self) -> TaskFields:
        data = self.cleaned_data
        whom = {name: data[name] for name in WHOM} | {
            name: None if data[name] is None else 100 * data[name]
            for name in ("least_score", "most_score")
        }
        return TaskFields(
            **{name: data[name] for name in PLAIN},
            audience=Audience(**whom),
            steps=list(self._steps(data)),
            amount_fen=data["amount_fen"] or 0,
            coupon_kind=data["coupon_kind"],
        )

    def _steps(self, data: dict[str, Any]) -> Iterator[StepFields]:
        for n in self.rows:
            if data[f"event_{n}"]:
                yield StepFields(
                    event=data[f"event_{n}"],
                    target=data[f"target_{n}"] or 0,
                    fold=data[f"fold_{n}"],
                    scope=data[f"scope_{n}"],
                    since=data[f"since_{n}"],
                )


def _step_fields(n: int) -> dict[str, forms.Field]:
    said = {"n": n}
    return {
        f"event_{n}": forms.ChoiceField(
            label=_("Step %(n)s: what counts") % said,
            choices=[*BEGUN, *StepEvent.choices],
            required=False,
        ),
        f"fold_{n}": forms.ChoiceField(label=_("How"), choices=Fold.choices),
        f"target_{n}": _number(_("Target"), least=1),
        f"scope_{n}": forms.CharField(label=_("Only"), max_length=60, required=False),
        f"since_{n}": forms.ChoiceField(label=_("Counted from"), choices=Since.choices),
    }


def _initial(task: Task) -> dict[str, Any]:
    found = {name: getattr(task, name) for name in (*PLAIN, *WHOM)}
    for name in ("least_score", "most_score"):
        found[name] = None if found[name] is None else found[name] // 100
    cash = task.amount if task.unit == Unit.CASH else None
    found |= {"amount_fen": cash, "coupon_kind": task.coupon_kind_id}
    for n, step in enumerate(task.steps.all(), start=1):
        for name in ("event", "fold", "target", "scope", "since"):
            found[f"{name}_{n}"] = getattr(step, name)
    return found


class SeasonForm(Form):
    code = forms.CharField(label=_("code"), max_length=40)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    starts_on = DateField(label=_("first day"))
    ends_on = DateField(label=_("last day"))
    text_zh = _text(_("in short, in Chinese"), 300, required=False)
    text_en = _text(_("in short, in English"), 500, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_programme(self.season_fields()), {})
        return data

    def season_fields(self) -> ProgrammeFields:
        return ProgrammeFields(**self.cleaned_data)


class CloneForm(Form):
    """The tasks of a season, moved in time; all drafts."""

    code = forms.CharField(label=_("code"), max_length=40)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    starts_on = DateField(label=_("first day"))


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Everybody concerned reads it.")
    )


class DecisionForm(Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Needed to refuse it.")
    )


class CashBudgetForm(Form):
    """How much more, or with a minus how much less."""

    way = forms.ChoiceField(
        label=_("Way"), choices=(("more", _("raise it by")), ("less", _("lower it by")))
    )
    amount = MoneyField(label=_("Amount"))
    reason = _text(_("Why"), 300, 2)

    def amount_of(self) -> int:
        amount: int = self.cleaned_data["amount"]
        return -amount if self.cleaned_data["way"] == "less" else amount


class PointsBudgetForm(CashBudgetForm):
    # Another field of the same name: points are counted where money is written.
    amount = forms.IntegerField(label=_("Points of traffic"), min_value=1)  # type: ignore[assignment]
