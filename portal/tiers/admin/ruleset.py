"""The table of stars: one person proposes, another approves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.admin import ReadOnlyInline
from portal.policies.admin.proposed import DatedAdmin, register_proposals
from portal.tiers import selectors, services
from portal.tiers.forms import RulesForm, initial_of_rules
from portal.tiers.models import StarBenefit, StarRuleSet, StarRung


class StarRungInline(ReadOnlyInline):
    model: type[Model] = StarRung
    seen_by = "tiers.view_starruleset"


class StarBenefitInline(StarRungInline):
    model = StarBenefit


@admin.register(StarRuleSet)
class StarRuleSetAdmin(DatedAdmin):
    list_display = (
        *("starts_on", "status", "least_days", "selling_days", "within_days", "freeze_days"),
        *("proposed_by", "decided_by", "announced_on", "source", "checked_on"),
    )
    ordering = ("-starts_on", "-pk")
    inlines = (StarRungInline, StarBenefitInline)
    proposal = _("Propose rules of stars")

    def proposal_form(self, data: Any) -> RulesForm:
        """Today's table is filled in."""
        held = selectors.rules_on(clock.today())
        return RulesForm(data, initial=initial_of_rules(held) if held else None)

    def propose_by(self, actor: Actor, form: RulesForm) -> StarRuleSet:
        return services.propose_star_rules(actor, fields=form.rules_fields())

    def approve_row(self, actor: Actor, row: StarRuleSet) -> StarRuleSet:
        return services.approve_star_rules(actor, proposed=row)

    def refuse_row(self, actor: Actor, row: StarRuleSet) -> StarRuleSet:
        return services.refuse_star_rules(actor, proposed=row)

    def confirm_row(self, actor: Actor, row: StarRuleSet) -> StarRuleSet:
        return services.confirm_star_rules(actor, held=row)


register_proposals(StarRuleSet, _("Rules of stars that wait for a second person"))
