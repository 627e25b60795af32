"""What was agreed goes on with the party that stays; who said what stays said."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import (
    AgreementTemplate,
    Amendment,
    Completion,
    Cooperation,
    Dispute,
    Ending,
    Obligation,
    Pause,
    Review,
    Statement,
)
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, moves_by, register_clash
from portal.parties.models import Party

moves(Cooperation, "merchant", "provider")
moves(Obligation, "owed_by")
moves(Pause, "party")
moves(Ending, "party")
moves(Completion, "party")
moves(Amendment, "party", "answered_party")
moves(Review, "by", "about")
moves(Dispute, "opened_by", "appealed_by")
moves(Statement, "party")


@moves_by(AgreementTemplate, "party")
def move_agreement_templates(survivor: Party, absorbed: Party) -> None:
    """A name stands once."""
    ours = AgreementTemplate.objects.filter(party=survivor).values("name")
    theirs = AgreementTemplate.objects.filter(party=absorbed)
    theirs.exclude(name__in=ours).update(party=survivor)


@register_clash
def did_not_work_together(survivor: Party, absorbed: Party) -> Verdict:
    """Nobody works for themselves."""
    one, other = [survivor.pk, absorbed.pk], [survivor.pk, absorbed.pk]
    if Cooperation.objects.filter(Q(merchant__in=one) & Q(provider__in=other)).exists():
        return conflict(_("The two worked together; they are not one."))
    return ALLOWED
