"""Who may keep what is being written, and begin from what."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.needs.models import Need, NeedDraft, NeedTemplate, ProposalDraft
from matchmaking.needs.rules.needs import (
    can_answer_need,
    can_create_need,
    can_edit_need,
    can_submit_proposal,
)
from portal.core.actor import Actor
from portal.core.drafts.rules import is_new_name
from portal.core.verdict import Verdict, conflict, forbidden
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

MOST_TEMPLATES = 30
TOO_MANY_DRAFTS = gettext_lazy("You have many unfinished needs; finish or discard one first.")
TOO_MANY_ANSWERS = gettext_lazy("You have many unfinished proposals; finish or discard one first.")


def can_keep_draft(actor: Actor, need: Need | None) -> Verdict:
    return can_create_need(actor) if need is None else can_edit_need(actor, need)


def can_discard_draft(actor: Actor, draft: NeedDraft) -> Verdict:
    return can_manage_party(actor, draft.merchant)


def can_keep_answer(actor: Actor, need: Need | None) -> Verdict:
    """What is typed may be kept as long as it may be handed in."""
    if actor.party is None or actor.party.kind == PartyKind.MERCHANT:
        return forbidden(_("Providers, agencies and creators answer needs; merchants write them."))
    if need is None:
        return can_manage_party(actor, actor.party)
    if (own := need.proposals.filter(provider=actor.party).first()) is not None:
        own.need = need
        return can_submit_proposal(actor, own)
    return can_answer_need(actor, need)


def can_discard_answer(actor: Actor, draft: ProposalDraft) -> Verdict:
    return can_manage_party(actor, draft.party)


def can_save_template(actor: Actor, need: Need, name: str) -> Verdict:
    if not (verdict := can_manage_party(actor, need.merchant)):
        return verdict
    own = NeedTemplate.objects.owned_by(actor)
    return is_new_name(name, list(own.values_list("name", flat=True)), MOST_TEMPLATES)


def can_remove_template(actor: Actor, template: NeedTemplate) -> Verdict:
    if template.merchant is None:
        return conflict(_("The templates of the house are kept by the operators."))
    return can_manage_party(actor, template.merchant)
