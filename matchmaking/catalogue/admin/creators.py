"""Who may share goods, and deposits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import forms, services
from matchmaking.catalogue.admin.acting import Acting, Scoped, sent
from matchmaking.catalogue.models import CartPermission, DepositMove
from matchmaking.catalogue.states import MoveStatus
from portal.core.operators import Queue, register_queue, waiting_since


@admin.register(CartPermission)
class CartPermissionAdmin(Acting, Scoped):
    """Ended here, with the reason that the creator reads."""

    row_act = ("catalogue.end_cartpermission", "catalogue_cartpermission_end", _("End it"))

    def is_for_act(self, row: CartPermission) -> bool:
        return row.ended_at is None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.end)
        return [
            path("<int:pk>/ending/", view, name="catalogue_cartpermission_end"),
            *super().get_urls(),
        ]

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.get_queryset(request).select_related("creator")
        permission = get_object_or_404(rows, pk=pk)
        form = forms.NoteForm(sent(request))
        title = _("End the permission of %(name)s to share goods")
        return self.act(
            request,
            "catalogue.end_cartpermission",
            title % {"name": permission.creator},
            form,
            lambda: services.end_permission(
                request.actor, permission=permission, why=form.cleaned_data["note"]
            ),
        )

    region = "creator__city__region"
    list_display = ("creator", "rule", "granted_at", "ended_at", "ended_why")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("creator", "rule")
    search_fields = ("creator__name",)
    ordering = ("-pk",)


@admin.register(DepositMove)
class DepositMoveAdmin(Acting, Scoped):
    """Booked by a second person, never by who asked for it."""

    row_act = (
        *("catalogue.approve_depositmove", "catalogue_depositmove_refuse"),
        _("Turn it down"),
    )

    def is_for_act(self, row: DepositMove) -> bool:
        return row.status == MoveStatus.PROPOSED

    change_list_template = "admin/catalogue/move_list.html"

    def get_urls(self) -> list[URLPattern]:
        propose = self.admin_site.admin_view(self.propose)
        refuse = self.admin_site.admin_view(self.refuse)
        return [
            path("new/", propose, name="catalogue_depositmove_propose"),
            path("<uuid:pk>/refusal/", refuse, name="catalogue_depositmove_refuse"),
            *super().get_urls(),
        ]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """A refund or a penalty; a second person approves it."""
        form = forms.MoveForm(sent(request))
        return self.act(
            request,
            "catalogue.propose_depositmove",
            _("Ask for a refund or a penalty"),
            form,
            lambda: services.propose_move(
                request.actor, creator=form.cleaned_data["creator"], fields=form.move_fields()
            ),
        )

    def refuse(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        move = get_object_or_404(self.get_queryset(request).select_related("creator"), pk=pk)
        form = forms.NoteForm(sent(request))
        return self.act(
            request,
            "catalogue.approve_depositmove",
            _("Turn it down"),
            form,
            lambda: services.refuse_move(request.actor, move=move, said=form.cleaned_data["note"]),
        )

    region = "creator__city__region"
    list_display = (
        *("proposed_at", "creator", "kind", "amount_fen", "status", "reference", "why"),
        *("proposed_by", "decided_by"),
    )
    list_filter = ("status", "kind")
    list_select_related = ("creator", "proposed_by", "decided_by")
    search_fields = ("creator__name", "reference")
    ordering = ("-proposed_at",)
    actions = ("approve",)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalogue.approve_depositmove")

    @admin.action(description=_("Confirm and book"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[DepositMove]) -> None:
        self.run(request, rows, lambda row: services.approve_move(request.actor, move=row))


@register_queue
def waiting_deposits(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("catalogue.approve_depositmove"):
        return None
    return Queue(
        title=_("Deposits to book"),
        url=reverse("admin:catalogue_depositmove_changelist") + "?status__exact=proposed",
        **waiting_since(DepositMove.objects.waiting(), "proposed_at"),
    )
