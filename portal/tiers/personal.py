"""What stars keep open of an agency. Agencies are firms: their words are no person's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party
from portal.tiers.framework_states import BINDING, TALKED_ABOUT
from portal.tiers.models import CertificationApplication, Framework, StarApplication


@register_obstacle
def waits_for_no_star(party: Party) -> Verdict:
    if StarApplication.objects.waiting().filter(review__party=party).exists():
        sentence = _("An application for a star waits for its answer; withdraw it first.")
        return conflict(sentence)
    return ALLOWED


@register_obstacle
def is_in_no_framework(party: Party) -> Verdict:
    open_ones = Framework.objects.filter(party=party, status__in=TALKED_ABOUT | BINDING)
    if open_ones.exists():
        return conflict(_("An annual framework is on the table or runs; it must end first."))
    return ALLOWED


@register_obstacle
def waits_for_no_mark(party: Party) -> Verdict:
    if CertificationApplication.objects.undecided().filter(party=party).exists():
        sentence = _("An application for the top-100 mark is not decided yet; withdraw it first.")
        return conflict(sentence)
    return ALLOWED
