"""What a paper says, as people type it: the editor of its tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.core.web import whole_number
from portal.parties.models import Party
from portal.revenue import engine, rules, states
from portal.revenue.fields import SubjectFields, TermsFields
from portal.revenue.forms.bills import BILL_ROWS, BillPartForm, initial_of_bill
from portal.revenue.forms.documents import Parts, initial_of, initial_of_routes
from portal.revenue.forms.parts import ORDER, MonthlyForm, PartForm

FIRST_ROWS, MOST_ROWS = 2, 12
SHOWN_FEN = 19_900  # of the order that the preview splits
NAMES = {
    "ends_on": "last_day",
    "seal": "seals",
    "paid_to": "pays",
}  # people type the last day; the value holds the day after


class SubjectForm(Form):
    """What the paper is about; who pays follows from what the two are."""

    role = forms.ChoiceField(label=_("About"))
    scope_kind = forms.ChoiceField(label=_("Covers"), choices=states.CHOSEN, initial="whole")
    scope_key = forms.CharField(
        label=_("Which one"),
        max_length=60,
        required=False,
        help_text=_("Its number on the platform. The most specific paper counts."),
    )

    def __init__(self, own: Party, other: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own, self.other = own, other
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - declared above
        self.possible = rules.roles_between(own, other)
        role.choices = [pair for pair in states.PaperRole.choices if pair[0] in self.possible]

    def subject(self) -> SubjectFields:
        data = self.cleaned_data
        payers, payees = states.SIDES[data["role"]]
        return SubjectFields(
            other_id=self.other.pk,
            we_pay=self.own.kind in payers and self.other.kind in payees,
            role=data["role"],
            scope_kind=data["scope_kind"],
            scope_key=data["scope_key"],
        )


class TermsForm(Form):
    """Term, parts of an order, what is added once a month, and what is billed by date. `rows`
    counts the parts shown."""

    starts_on = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty for an open end."))
    signers = forms.ChoiceField(
        label=_("Who may sign"),
        choices=[("", _("Owners and managers")), ("owner", _("Owners alone"))],
        required=False,
    )
    seals = forms.ChoiceField(
        label=_("Seal before it holds"),
        choices=[
            ("", _("None")),
            ("payer,payee", _("Both sides")),
            ("payer", _("The payer")),
            ("payee", _("The payee")),
        ],
        required=False,
    )
    seal_days = forms.IntegerField(
        label=_("Days for sealing"), min_value=1, max_value=60, required=False
    )
    pays = forms.ChoiceField(
        label=_("Who is paid"),
        choices=[("", _("Both, each its own")), ("payee", _("The agency for both"))],
        required=False,
    )
    onward_days = forms.IntegerField(
        label=_("Paid onward within days of the month's end"),
        min_value=1,
        max_value=90,
        required=False,
    )
    note = forms.CharField(
        label=_("Word to the other side"), max_length=rules.MOST_WORDS, required=False
    )
    shown = MoneyField(label=_("An order of (¥)"), required=False, initial=SHOWN_FEN)
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        components: Parts = (),
        period_components: Parts = (),
        invoice_components: Parts = (),
        routes: Mapping[str, Any] | None = None,
    ) -> None:
        """components, period_components, invoice_components: what the rows begin with; routes: a
        document whose seal, signers and who is paid they begin with."""
        self.source = components, period_components, invoice_components
        *own, month = initial_of(components, period_components)
        rows = max(FIRST_ROWS, len(own))
        if data is not None:
            rows = whole_number(data.get("rows", "")) + ("add" in data)
        rows = min(max(rows, 1), MOST_ROWS)
        starts = {"starts_on": rules.first_day()}
        super().__init__(data, initial=starts | initial_of_routes(routes or {}))
        if data is not None:  # shown again with the row that was added
            self.data = data.copy()
            self.data["rows"] = str(rows)
        self.initial["rows"] = rows
        self.parts = [
            PartForm(number, data, initial=own[number - 1] if number <= len(own) else {})
            for number in range(1, rows + 1)
        ]
        self.month = MonthlyForm(data, initial=month)
        bills = [initial_of_bill(one) for one in invoice_components]
        self.bills = [
            BillPartForm(number, data, bills[number - 1] if number <= len(bills) else {})
            for number in range(1, BILL_ROWS + 1)
        ]
        self.can_add = rows < MOST_ROWS
        self._is_judged = False

    def is_valid(self) -> bool:
        if not super().is_valid() or not self._has_sound_rows:
            return False
        if not self._is_judged:
            self._is_judged = True
            show_flaws(self, rules.terms_are_sound(self.terms()).flaws, NAMES)
        return not self.errors

    @cached_property
    def _has_sound_rows(self) -> bool:
        return all(one.is_valid() for one in (*self.parts, self.month, *self.bills))

    def tree(self) -> engine.Agreement | None:
        """What the rows say, even while days or words are wrong; None where it is no tree."""
        components, months, bills = self.source
        if self.is_bound:
            if not self._has_sound_rows:
                return None
            components = self._components()
            months, bills = self._months(components), self._bills()
        fields = TermsFields(rules.first_day(), None, components, months, invoice_components=bills)
        try:
            return engine.parse_agreement(rules.document_of(fields, 1))
        except engine.AgreementFaults:
            return None

    @property
    def shown_fen(self) -> int:
        """Of the order that the preview splits."""
        self.full_clean()
        return getattr(self, "cleaned_data", {}).get("shown") or SHOWN_FEN

    def terms(self) -> TermsFields:
        data = self.cleaned_data
        last = data["last_day"]
        components = self._components()
        return TermsFields(
            starts_on=data["starts_on"],
            ends_on=last + timedelta(days=1) if last else None,
            components=components,
            period_components=self._months(components),
            note=data["note"],
            invoice_components=self._bills(),
            **self._routes(),
        )

    def _routes(self) -> dict[str, Any]:
        data = self.cleaned_data
        seal = {"by": data["seals"].split(","), "days": data["seal_days"] or 14}
        paid_to = {"party": data["pays"], "onward_days": data["onward_days"] or 15}
        return {
            "signers": data["signers"],
            "seal": seal if data["seals"] else None,
            "paid_to": paid_to if data["pays"] else None,
        }

    def _bills(self) -> list[dict[str, Any]]:
        return [one.component() for one in self.bills if not one.is_empty]

    def _months(self, components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        codes = _payee_codes(components)
        return [] if self.month.is_empty else [self.month.component(codes)]

    def _components(self) -> list[dict[str, Any]]:
        """The tree that the rows describe."""
        top: list[dict[str, Any]] = []
        made: dict[str, dict[str, Any]] = {}
        for form in self.parts:
            if form.is_empty:
                continue
            one = made[str(form.number)] = form.component()
            parent = form.cleaned_data["parent"] or ORDER
            if parent in made:
                made[parent].setdefault("components", []).append(one)
            else:
                top.append(one)
        return top


def _payee_codes(components: Sequence[dict[str, Any]]) -> list[str]:
    found = []
    for one in components:
        found += [one["code"]] if one.get("party") == "payee" else []
        found += _payee_codes(one.get("components", ()))
    return found
