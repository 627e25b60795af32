"""Rates of fees and figures of the platform: proposed by one person, approved by another."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.policies import services
from portal.policies.admin.proposed import DatedAdmin, ProposedAdmin, register_proposals
from portal.policies.forms import DatedRuleForm, FeeForm
from portal.policies.models import CartRule, DatedRule, FeeProposal, FeeRate


@admin.register(CartRule)
class CartRuleAdmin(ReferenceAdmin):
    list_display = (
        *("starts_on", "least_videos", "least_followers", "needs_real_name", "deposit_fen"),
        *("source", "checked_on"),
    )


@admin.register(FeeRate)
class FeeRateAdmin(ReadOnlyAdmin):
    """Rates as they were announced; none is ever changed."""

    list_display = (
        *("fee", "product_source", "category", "rate_bp", "is_relief", "starts_on", "ends_on"),
        *("announced_on", "source", "checked_on"),
    )
    list_filter = ("fee", "product_source", "is_relief")
    list_select_related = ("category",)
    ordering = ("fee", "-starts_on", "-pk")
    actions = ("confirm",)

    @admin.action(description=_("Looked at its source again today"), permissions=["confirm"])
    def confirm(self, request: HttpRequest, rates: QuerySet[FeeRate]) -> None:
        for rate in rates:
            services.confirm_fee(request.actor, rate=rate)

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policies.propose_fee")


@admin.register(FeeProposal)
class FeeProposalAdmin(ProposedAdmin):
    list_display = (
        *("fee", "product_source", "category", "rate_bp", "is_relief", "starts_on", "ends_on"),
        *("status", "proposed_by", "decided_by", "source"),
    )
    list_filter = ("status", "fee")
    list_select_related = ("category", "proposed_by", "decided_by")
    proposal = _("Propose a rate")
    told = _(
        "A second person announces it. What is announced holds: it is never changed, only "
        "followed by the next rate."
    )
    proposal_form = FeeForm

    def propose_by(self, actor: Actor, form: FeeForm) -> FeeProposal:
        return services.propose_fee(actor, fields=form.fee_fields())

    def approve_row(self, actor: Actor, row: FeeProposal) -> FeeRate:
        return services.approve_fee(actor, proposal=row)

    def refuse_row(self, actor: Actor, row: FeeProposal) -> FeeProposal:
        return services.refuse_fee(actor, proposal=row)


register_proposals(FeeProposal, _("Rates of fees that wait for a second person"))


@admin.register(DatedRule)
class DatedRuleAdmin(DatedAdmin):
    list_display = (
        *("kind", "product_source", "shown", "starts_on", "status", "proposed_by", "decided_by"),
        *("announced_on", "source", "checked_on"),
    )
    list_filter = ("status", "kind")
    ordering = ("kind", "-starts_on", "-pk")
    proposal = _("Propose a rule")
    proposal_form = DatedRuleForm

    @admin.display(description=_("value"))
    def shown(self, rule: DatedRule) -> str:
        return rule.shown

    def propose_by(self, actor: Actor, form: DatedRuleForm) -> DatedRule:
        return services.propose_dated_rule(actor, fields=form.dated_fields())

    def approve_row(self, actor: Actor, row: DatedRule) -> DatedRule:
        return services.approve_dated_rule(actor, rule=row)

    def refuse_row(self, actor: Actor, row: DatedRule) -> DatedRule:
        return services.refuse_dated_rule(actor, rule=row)

    def confirm_row(self, actor: Actor, row: DatedRule) -> DatedRule:
        return services.confirm_dated_rule(actor, rule=row)


register_proposals(DatedRule, _("Rules that wait for a second person"))
