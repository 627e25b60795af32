"""Tables of tax by maker and checker; the platform's name; what accounting programs are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.invoicing import services
from portal.invoicing.fields import VOUCHER_FIELDS
from portal.invoicing.forms import TaxTableForm
from portal.invoicing.models import TaxProfile, TaxTable, Title, VoucherAccount, VoucherTemplate
from portal.invoicing.selectors import table_in_words
from portal.ledger.states import Kind


@admin.register(TaxTable)
class TaxTableAdmin(ReadOnlyAdmin):
    """Rates and bands with their days: proposed here by one person, approved by another."""

    list_display = (
        *("kind", "shown", "starts_on", "status", "proposed_by", "decided_by"),
        *("source", "checked_on"),
    )
    list_filter = ("status", "kind")
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("kind", "-starts_on", "-pk")
    change_list_template = "admin/invoicing/table_list.html"
    actions = ("approve", "refuse", "confirm")

    @admin.display(description=_("figures"))
    def shown(self, table: TaxTable) -> str:
        return table_in_words(table)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.propose)
        return [path("proposal/", view, name="invoicing_taxtable_propose"), *super().get_urls()]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """A table from a day on."""
        if not request.user.has_perm("invoicing.propose_taxtable"):
            raise PermissionDenied
        form = TaxTableForm(request.POST if request.method == "POST" else None)
        if submit(form, lambda: _propose(request, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:invoicing_taxtable_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Propose a table"),
            "form": form,
            "opts": TaxTable._meta,
        }
        return TemplateResponse(request, "admin/invoicing/table.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[TaxTable]) -> None:
        self.run(request, rows, lambda row: services.approve_table(request.actor, table=row))

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[TaxTable]) -> None:
        self.run(request, rows, lambda row: services.refuse_table(request.actor, table=row))

    @admin.action(description=_("Looked at its source again today"), permissions=["propose"])
    def confirm(self, request: HttpRequest, rows: QuerySet[TaxTable]) -> None:
        self.run(request, rows, lambda row: services.confirm_table(request.actor, table=row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("invoicing.approve_taxtable")

    def has_propose_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("invoicing.propose_taxtable")


def _propose(request: HttpRequest, form: TaxTableForm) -> TaxTable:
    return services.propose_table(request.actor, fields=form.table_fields())


@register_queue
def tables_to_approve(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("invoicing.approve_taxtable"):
        return None
    return Queue(
        title=_("Tables of tax that wait for a second person"),
        url=reverse("admin:invoicing_taxtable_changelist") + "?status__exact=proposed",
        **waiting_since(TaxTable.objects.proposed(), "proposed_at"),
    )


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
