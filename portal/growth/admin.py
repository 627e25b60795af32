"""Rules of growth, which one person proposes and another approves; and what was counted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.admin import ReadOnlyAdmin, ReadOnlyInline
from portal.growth import selectors, services
from portal.growth.forms import RulesForm, initial_of_rules
from portal.growth.models import Benefit, GrowthRules, LevelRung, LevelStep, LineStanding
from portal.policies.admin.proposed import DatedAdmin, register_proposals


class LevelRungInline(ReadOnlyInline):
    model: type[Model] = LevelRung
    seen_by = "growth.view_growthrules"


class BenefitInline(LevelRungInline):
    model = Benefit


@admin.register(GrowthRules)
class GrowthRulesAdmin(DatedAdmin):
    list_display = (
        *("starts_on", "status", "proposed_by", "decided_by", "announced_on", "source"),
        "checked_on",
    )
    ordering = ("-starts_on", "-pk")
    inlines = (LevelRungInline, BenefitInline)
    proposal = _("Propose rules of growth")

    def proposal_form(self, data: Any) -> RulesForm:
        """Today's rules are filled in."""
        held = selectors.rules_on(clock.today())
        return RulesForm(data, initial=initial_of_rules(held) if held else None)

    def propose_by(self, actor: Actor, form: RulesForm) -> GrowthRules:
        return services.propose_growth_rules(actor, fields=form.rules_fields())

    def approve_row(self, actor: Actor, row: GrowthRules) -> GrowthRules:
        return services.approve_growth_rules(actor, proposed=row)

    def refuse_row(self, actor: Actor, row: GrowthRules) -> GrowthRules:
        return services.refuse_growth_rules(actor, proposed=row)

    def confirm_row(self, actor: Actor, row: GrowthRules) -> GrowthRules:
        return services.confirm_growth_rules(actor, held=row)


register_proposals(GrowthRules, _("Rules of growth that wait for a second person"))


@admin.register(LineStanding)
class LineStandingAdmin(ReadOnlyAdmin):
    list_display = ("party", "line", "level", "value", "since", "changed_at")
    list_filter = ("line", "level")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("-pk",)


@admin.register(LevelStep)
class LevelStepAdmin(ReadOnlyAdmin):
    list_display = ("party", "line", "before", "level", "value", "day", "rules")
    list_filter = ("line", "level")
    list_select_related = ("party", "rules")
    search_fields = ("party__name",)
    ordering = ("-pk",)
