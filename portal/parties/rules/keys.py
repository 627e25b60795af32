"""Who makes keys, and what a key opens."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties.fields import KeyFields
from portal.parties.models import ApiKey, Party
from portal.parties.rules.parties import can_manage_party
from portal.parties.states import PartyStatus, Scope

MOST_KEYS = 20
MOST_DAYS = 366
READS = frozenset({"GET", "HEAD", "OPTIONS"})
# The first word of an address below /api/v1/ → the area of its scopes. What everybody may read
# needs none; what is a person's own is not for keys.
AREAS = {
    "parties": "party",
    "owned-accounts": "party",
    "recruitment-rounds": "trade",
    "recruitment-applications": "trade",
    "star-reviews": "party",
    "star-applications": "party",
    "star-appeals": "party",
    "roster": "party",
    "documents": "party",
    "files": "party",
    "imports": "party",
    "activity": "party",
    "figures": "party",
    "distributions": "party",
    "team": "party",
    "enrolments": "party",
    "cases": "party",
    "pictures": "party",
    "needs": "trade",
    "need-drafts": "trade",
    "need-templates": "trade",
    "posts": "trade",
    "post-drafts": "trade",
    "post-templates": "trade",
    "post-searches": "trade",
    "applications": "trade",
    "products": "trade",
    "gate": "trade",
    "boards": "trade",
    "samples": "trade",
    "questions": "trade",
    "losses": "trade",
    "messages": "trade",
    "blocks": "trade",
    "service-offers": "trade",
    "proposals": "trade",
    "talks": "trade",
    "cooperations": "trade",
    "introductions": "trade",
    "obligations": "trade",
    "amendments": "trade",
    "agreement-templates": "trade",
    "reviews": "trade",
    "order-lines": "orders",
    "order-totals": "orders",
    "order-completeness": "orders",
    "order-events": "orders",
    "webhooks": "party",
    "webhook-deliveries": "party",
}
# What tells of more than its area: the log of webhooks holds what was said of needs.
ALSO = {"webhook-deliveries": (Scope.TRADE_READ,)}
PUBLIC = frozenset(
    {
        *("", "schema", "reference", "directory", "providers", "webhook-events", "papers"),
        *("star-rules", "star-holders", "star-windows"),
    }
)


def can_manage_keys(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if party.status == PartyStatus.CLOSED:
        return conflict(_("This party is closed."))
    return ALLOWED


def can_make_key(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_keys(actor, party)):
        return verdict
    if ApiKey.objects.filter(party=party).live(clock.now()).count() >= MOST_KEYS:
        return conflict(_("There are twenty keys already. Revoke one first."))
    return ALLOWED


def can_revoke_key(actor: Actor, key: ApiKey) -> Verdict:
    if not actor.has_perm("parties.revoke_apikey"):
        verdict = can_manage_keys(actor, key.party)
        if not verdict:
            return verdict
    if key.revoked_at is not None:
        return conflict(_("This key is revoked already."))
    return ALLOWED


def can_make_sandbox(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_keys(actor, party)):
        return verdict
    if party.is_sandbox:
        return conflict(_("This is a sandbox already."))
    if not party.is_trusted:
        return unmet(_("The party must be verified before it can have a sandbox."))
    if party.sandboxes.exclude(status=PartyStatus.CLOSED).exists():
        return conflict(_("There is a sandbox already."))
    return ALLOWED


def key_is_sound(fields: KeyFields) -> Verdict:
    return flawless(flaws_of_key(fields))


def flaws_of_key(fields: KeyFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name")
    if not fields.name.strip():
        yield Flaw("name", _("Give the key a name you know it by."))
    if not fields.scopes or not set(fields.scopes) <= set(Scope.values):
        yield Flaw("scopes", _("Choose what the key may do."))
    if not 1 <= fields.days <= MOST_DAYS:
        yield Flaw("days", _("From a day to a year."))


def may_open(scopes: Collection[str], method: str, path: str) -> Verdict:
    """Whether a key with these scopes may ask this. `path` begins with /api/v1/."""
    word = path.removeprefix("/api/v1/").partition("/")[0]
    reads = method in READS
    if word in PUBLIC and reads:
        return ALLOWED
    area = AREAS.get(word)
    if area is None:
        return forbidden(_("Keys do not open this. Sign in."))
    wanted = [Scope(f"{area}:{'read' if reads else 'write'}"), *ALSO.get(word, ())]
    lacking = next((scope for scope in wanted if scope not in scopes), None)
    if lacking is None:
        return ALLOWED
    return forbidden(_("This key lacks the scope %(scope)s.") % {"scope": lacking.value})
