"""The boxes of a consent, and an operator's draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.clock import SHANGHAI
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.policies import rules
from portal.policies.fields import DatedFields, DraftFields, FeeFields
from portal.policies.models import FeeRate, Version
from portal.policies.states import (
    UNITS,
    DatedKind,
    DocumentKind,
    FeeKind,
    ProductSource,
    Unit,
)

UNTICKED = _("Please read it and tick the box, or leave the page.")


def _link(kind: DocumentKind) -> SafeString:
    url, title = reverse("document_detail", args=[kind.value]), kind.label
    return format_html('<a href="{}">{}</a>', url, gettext("Read: %(title)s") % {"title": title})


_lazy_link = lazy(_link, SafeString)


def consent_box(kind: DocumentKind, **options: Any) -> forms.BooleanField:
    """An unticked box for one document, with a link that opens it in the same view."""
    label = {
        DocumentKind.TERMS: _("I agree to the user agreement"),
        DocumentKind.PRIVACY: _("I agree to the privacy policy"),
        DocumentKind.IDENTITY: _("I agree separately that my identity and bank data are used"),
    }.get(kind, _("I agree to this document"))
    return forms.BooleanField(
        label=label, help_text=_lazy_link(kind), error_messages={"required": UNTICKED}, **options
    )


class SignUpConsentsForm(forms.Form):
    """The two boxes of every sign-up; a form that makes an account stands on this one."""

    terms = consent_box(DocumentKind.TERMS)
    privacy = consent_box(DocumentKind.PRIVACY)


class ConsentsForm(forms.Form):
    """One box for each document that is asked for."""

    def __init__(self, versions: Sequence[Version], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for version in versions:
            self.fields[version.kind] = consent_box(DocumentKind(version.kind))


class DraftForm(Form):
    """A document's next version, and when it begins if it is published now."""

    text_zh = forms.CharField(
        label=_("Chinese text"),
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("“## ” begins a heading, “- ” a point; every other line is a paragraph."),
    )
    text_en = forms.CharField(label=_("English text"), widget=forms.Textarea(attrs={"rows": 20}))
    changes_zh = forms.CharField(label=_("What is new, in Chinese"), max_length=300, required=False)
    changes_en = forms.CharField(label=_("What is new, in English"), max_length=300, required=False)
    effective_on = DateField(
        label=_("In force from"),
        required=False,
        help_text=_("Only for publishing; changes begin at least 7 days later, at 00:00."),
    )

    def __init__(self, *args: Any, is_first: bool, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_first, self.is_published = is_first, is_published

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_published and not data.get("effective_on"):
            self.add_error("effective_on", _("Please fill this in."))
        if not self.errors:
            flaws = rules.flaws_of_draft(self.draft_fields(), is_first=self.is_first)
            show_flaws(self, flaws, {})
        return data

    def draft_fields(self) -> DraftFields:
        names = ("text_zh", "text_en", "changes_zh", "changes_en")
        return DraftFields(**{name: self.cleaned_data[name] for name in names})

    @property
    def effective_from(self) -> datetime:
        """Midnight in Shanghai of the chosen day."""
        return datetime.combine(self.cleaned_data["effective_on"], time(), SHANGHAI)


class FeeForm(Form):
    """A rate to announce."""

    fee = forms.ChoiceField(label=_("Kind of fee"), choices=FeeKind.choices)
    product_source = forms.ChoiceField(
        label=_("Product source"), choices=[("", _("All")), *ProductSource.choices], required=False
    )
    rate_bp = PercentField(label=_("Rate in percent"))
    is_relief = forms.BooleanField(label=_("It is a relief"), required=False)
    starts_on = DateField(label=_("From"))
    ends_on = DateField(
        label=_("Until, not including"), required=False, help_text=_("For a relief only.")
    )
    source = forms.CharField(label=_("Where it is from"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = FeeRate._meta.get_field("category").formfield(empty_label=_("All"))
        self.fields["category"] = cast(forms.Field, category)
        self.order_fields(["fee", "product_source", "category"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_fee(self.fee_fields()), {})
        return data

    def fee_fields(self) -> FeeFields:
        values = dict(self.cleaned_data)
        category = values.pop("category")
        return FeeFields(**values, category_id=category.pk if category else None)


READERS: dict[Unit, forms.Field] = {  # how a figure is typed, by its unit
    Unit.SHARE: PercentField(),
    Unit.FEN: MoneyField(),
    Unit.COUNT: forms.IntegerField(min_value=0, max_value=10**12),
    Unit.FLAG: forms.IntegerField(min_value=0, max_value=1),
}


class DatedRuleForm(Form):
    """A figure to propose; a second person approves it."""

    kind = forms.ChoiceField(label=_("Rule"), choices=DatedKind.choices)
    product_source = forms.ChoiceField(
        label=_("Product source"), choices=[("", _("All")), *ProductSource.choices], required=False
    )
    value = forms.CharField(
        label=_("Value"),
        max_length=20,
        help_text=_("A share in percent, a sum in yuan, a number; 1 for yes and 0 for no."),
    )
    starts_on = DateField(label=_("From"))
    source = forms.CharField(label=_("Where it is from"), max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "kind" in data and "value" in data:
            try:
                data["value"] = READERS[UNITS[DatedKind(data["kind"])]].clean(data["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        if not self.errors:
            show_flaws(self, rules.flaws_of_dated_rule(self.dated_fields()), {})
        return data

    def dated_fields(self) -> DatedFields:
        return DatedFields(**self.cleaned_data)


class DayForm(Form):
    """A day to look at."""

    on = DateField(label=_("As of"), required=False)
