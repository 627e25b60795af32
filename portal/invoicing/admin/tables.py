"""Tables of tax by maker and checker; the platform's name; what accounting programs are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.invoicing import services
from portal.invoicing.fields import VOUCHER_FIELDS
from portal.invoicing.forms import TaxTableForm
from portal.invoicing.models import TaxProfile, TaxTable, Title, VoucherAccount, VoucherTemplate
from portal.invoicing.selectors import table_in_words
from portal.ledger.states import Kind
from portal.policies.admin.proposed import DatedAdmin, register_proposals


@admin.register(TaxTable)
class TaxTableAdmin(DatedAdmin):
    """Rates and bands with their days: proposed here by one person, approved by another."""

    list_display = (
        *("kind", "shown", "starts_on", "status", "proposed_by", "decided_by"),
        *("source", "checked_on"),
    )
    list_filter = ("status", "kind")
    ordering = ("kind", "-starts_on", "-pk")
    proposal = _("Propose a table")
    told = _(
        "A second person approves it. It begins this month at the earliest; what is approved is "
        "never changed, only followed by the next one."
    )
    proposal_form = TaxTableForm

    @admin.display(description=_("figures"))
    def shown(self, table: TaxTable) -> str:
        return table_in_words(table)

    def propose_by(self, actor: Actor, form: TaxTableForm) -> TaxTable:
        return services.propose_table(actor, fields=form.table_fields())

    def approve_row(self, actor: Actor, row: TaxTable) -> TaxTable:
        return services.approve_table(actor, table=row)

    def refuse_row(self, actor: Actor, row: TaxTable) -> TaxTable:
        return services.refuse_table(actor, table=row)

    def confirm_row(self, actor: Actor, row: TaxTable) -> TaxTable:
        return services.confirm_table(actor, table=row)


register_proposals(TaxTable, _("Tables of tax that wait for a second person"))


@admin.register(TaxProfile)
class TaxProfileAdmin(ReadOnlyAdmin):
    list_display = ("party", "taxpayer", "kind", "starts_on", "said_by", "said_at")
    list_filter = ("taxpayer",)
    list_select_related = ("party", "said_by")
    search_fields = ("party__name",)
    ordering = ("-pk",)


@admin.register(Title)
class TitleAdmin(ReferenceAdmin):
    """Who the platform is on invoices, from a day on."""

    list_display = ("starts_on", "name", "tax_number")


class TemplateForm(forms.ModelForm):
    """Columns are pairs of a heading and a name that a voucher knows."""

    class Meta:
        model = VoucherTemplate
        fields = ("code", "name", "word", "columns")

    def clean_columns(self) -> Any:
        columns: Any = self.cleaned_data["columns"]
        for pair in columns if isinstance(columns, list) else [None]:
            if not _is_column(pair):
                known = ", ".join(VOUCHER_FIELDS)
                sentence = _("A list of pairs: the heading, and one of these: %(names)s.")
                raise forms.ValidationError(sentence % {"names": known})
        return columns


def _is_column(pair: Any) -> bool:
    is_pair = isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
    return is_pair and 0 < len(pair[0]) <= 40 and pair[1] in VOUCHER_FIELDS


@admin.register(VoucherTemplate)
class VoucherTemplateAdmin(ReferenceAdmin):
    """How a file for an accounting program is laid out."""

    form = TemplateForm
    list_display = ("code", "name", "word")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj is not None else ()


class AccountForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Ledger account"), choices=Kind.choices)

    class Meta:
        model = VoucherAccount
        fields = ("template", "kind", "code", "name", "is_by_party")


@admin.register(VoucherAccount)
class VoucherAccountAdmin(ReferenceAdmin):
    """Which account of the program each kind of ours is, kept for every template."""

    form = AccountForm
    list_display = ("template", "kind_label", "code", "name", "is_by_party")
    list_display_links = ("kind_label",)
    list_filter = ("template",)
    list_select_related = ("template",)

    @admin.display(description=_("Ledger account"))
    def kind_label(self, row: VoucherAccount) -> str:
        return row.kind_label
