from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReferenceAdmin
from portal.payouts.models import BankTemplate, PayoutTerm


@admin.register(PayoutTerm)
class PayoutTermAdmin(ReferenceAdmin):
    list_display = ("starts_on", "minimum_fen", "trial_tries", "trial_days")


@admin.register(BankTemplate)
class BankTemplateAdmin(ReferenceAdmin):
    list_display = ("code", "name", "route", "encoding", "is_offered")
    list_filter = ("route", "is_offered")
