"""Who lets another party's keys act for them, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties.fields import GrantFields
from portal.parties.models import KeyGrant, Party
from portal.parties.rules.keys import MOST_DAYS, can_manage_keys
from portal.parties.rules.parties import can_manage_party
from portal.parties.states import Scope

# What hangs on a person of the party itself: uploads, and jobs that go on as their starter.
NOT_FOR_OTHERS = frozenset(
    {"files", "documents", "imports", "exports", "webhooks", "webhook-deliveries", "accounts"}
)
OWN_PAGE = re.compile(r"parties/(\d+/)?")  # of parties nothing below: papers, names, payment


def can_see_grants(actor: Actor, party: Party) -> Verdict:
    """Managers; a key too, so that an ERP knows for whom it works."""
    return can_manage_party(actor, party)


def can_give_grant(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_keys(actor, party)):
        return verdict
    if party.is_sandbox:
        return conflict(_("A sandbox deals with itself only."))
    return ALLOWED


def can_end_grant(actor: Actor, grant: KeyGrant) -> Verdict:
    """Either side, at any time; operators where keys are misused."""
    if not actor.has_perm("parties.revoke_apikey"):
        own = grant.giver if actor.speaks_for(grant.giver_id) else grant.taker
        verdict = can_manage_keys(actor, own)
        if not verdict:
            return verdict
    if grant.ended_at is not None:
        return conflict(_("This is ended already."))
    return ALLOWED


def can_act_for_others(path: str) -> Verdict:
    """`path` begins with /api/v1/."""
    asked = path.removeprefix("/api/v1/")
    word = asked.partition("/")[0]
    is_inner = word == "parties" and not OWN_PAGE.fullmatch(asked)
    if word in NOT_FOR_OTHERS or is_inner:
        return forbidden(_("A key of another party does not open this."))
    return ALLOWED


def grant_is_sound(fields: GrantFields) -> Verdict:
    return flawless(flaws_of_grant(fields))


def flaws_of_grant(fields: GrantFields) -> Iterator[Flaw]:
    if not fields.prefix.strip():
        yield Flaw("prefix", _("Ask the other side for the beginning of its key."))
    if not fields.scopes or not set(fields.scopes) <= set(Scope.values):
        yield Flaw("scopes", _("Choose what the keys may do."))
    if not 1 <= fields.days <= MOST_DAYS:
        yield Flaw("days", _("From a day to a year."))
