"""Cases and reports of two parties that become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case, Report
from portal.conduct.states import UNDECIDED
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash
from portal.parties.models import Party

moves(Case, "party")
moves(Report, "reporter_party")


@register_clash
def has_no_case_twice(survivor: Party, absorbed: Party) -> Verdict:
    """An undecided case a party, rule and place."""
    undecided = Case.objects.filter(status__in=UNDECIDED)
    names = ("rule", "place_kind", "place_key")
    ours = set(undecided.filter(party=survivor).values_list(*names))
    if ours & set(undecided.filter(party=absorbed).values_list(*names)):
        return conflict(_("An undecided case of conduct says the same of both; decide it first."))
    return ALLOWED
