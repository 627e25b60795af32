"""Who takes parties from public data, and which ones can be taken."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, flawless, flaws_of_lines, forbidden
from portal.parties.fields import TakenFields
from portal.parties.rules.parties import flaws_of_party, is_complete


def can_take_parties(actor: Actor) -> Verdict:
    if actor.has_perm("parties.import_party") and not actor.key_id:
        return ALLOWED
    return forbidden(_("Only operators take in parties from public data."))


def taken_is_sound(taken: TakenFields) -> Verdict:
    return flawless(flaws_of_taken(taken))


def flaws_of_taken(taken: TakenFields) -> Iterator[Flaw]:
    """People come by themselves: an organisation has a code."""
    if not taken.fields.uscc:
        yield Flaw("uscc", _("Only organisations are taken from public data; give their code."))
    else:
        yield from flaws_of_party(taken.kind, taken.fields, taken.provider)
    if not taken.source.strip():
        yield Flaw("source", _("Say where it was published."))
    yield from flaws_of_lines(taken, "source")
    has_services = taken.provider is not None and bool(taken.provider.service_ids)
    has_shares = bool(taken.fields.shares)
    complete = is_complete(taken.kind, has_shares=has_shares, has_services=has_services)
    if not complete:
        yield Flaw("services" if has_shares else "shares", complete.reason)
