"""Fields every form may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation, Overflow
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.money import Money, parse_money
from portal.core.verdict import Flaw

MOMENT = "%Y-%m-%dT%H:%M"
MAX_FEN = 10**13  # ¥100 billion: more is a slip of the finger


# Django's own sentences for these are stilted; a field may still bring its own.
SENTENCES: dict[str, Any] = {
    "required": _("Please fill this in."),
    "invalid_choice": _("Choose one from the list."),
    "invalid_pk_value": _("Choose from the list."),
    "invalid_list": _("Choose from the list."),
    "min_length": _("At least %(limit_value)s characters; there are %(show_value)s."),
    "max_length": _("At most %(limit_value)s characters; there are %(show_value)s."),
    "min_value": _("At least %(limit_value)s."),
    "max_value": _("At most %(limit_value)s."),
}
CHOOSE = _("Please choose.")


class Form(forms.Form):
    """The base of our forms: what is wrong is said in plain words."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            _speak_plainly(field)
        super().full_clean()


def _speak_plainly(field: forms.Field) -> None:
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock |= getattr(kind, "default_error_messages", {})
    plain = dict(SENTENCES)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        plain["required"] = CHOOSE
    for code, sentence in plain.items():
        if field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = sentence


class MoneyField(forms.CharField):
    """Yuan as people type them; the clean value is fen, never negative."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            fen = parse_money(text).fen
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 <= fen <= MAX_FEN:
            raise forms.ValidationError(_("Enter an amount from ¥0 to ¥100,000,000,000."))
        return fen

    def prepare_value(self, value: Any) -> Any:
        return Money(value).short.removeprefix("¥") if isinstance(value, int) else value


class PercentField(forms.CharField):
    """A percentage with at most two decimals; the clean value is basis points."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").removesuffix("%").strip()
        if not text:
            return None
        try:
            points = Decimal(text) * 100
        except (InvalidOperation, Overflow) as error:
            raise forms.ValidationError(_("Enter a percentage, such as 3 or 2.5.")) from error
        if not points.is_finite() or points != points.to_integral_value():
            raise forms.ValidationError(_("At most two decimals."))
        if not 0 <= points <= 10_000:
            raise forms.ValidationError(_("Enter a percentage from 0 to 100."))
        return int(points)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:f}" if isinstance(value, int) else value


class DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)


class MomentField(forms.DateTimeField):
    """A day and an hour in Shanghai, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    input_formats = (MOMENT, "%Y-%m-%d %H:%M")


def show_flaws(form: forms.BaseForm, flaws: Iterable[Flaw], names: Mapping[str, str]) -> None:
    """Put each flaw beside its field. `names`: the value's field → the form's, where not alike."""
    for flaw in flaws:
        name = names.get(flaw.field, flaw.field)
        form.add_error(name if name in form.fields else None, str(flaw.sentence))
