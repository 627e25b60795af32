"""Keys for machines: made, used, revoked."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, forbidden
from portal.parties import rules
from portal.parties.fields import KeyFields
from portal.parties.models import ApiKey, Membership, Party
from portal.parties.models.members import hash_token
from portal.parties.services.parties import tell_party

MARK, SANDBOX_MARK = "tlk", "tls"  # by its first letters one sees which key is for trying only
PREFIX_CHARACTERS, SECRET_CHARACTERS = 10, 40  # of 62: 238 bits
USED_EVERY = timedelta(minutes=1)  # a request costs no write


@transaction.atomic
def make_key(actor: Actor, *, party: Party, fields: KeyFields) -> tuple[ApiKey, str]:
    """A new key, and what to send with each request: shown now and never again."""
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    rules.can_make_key(actor, party).require()
    rules.key_is_sound(fields).require()
    assert actor.user is not None
    now = clock.now()
    mark = SANDBOX_MARK if party.is_sandbox else MARK
    prefix = f"{mark}_{get_random_string(PREFIX_CHARACTERS)}"
    plain = f"{prefix}_{get_random_string(SECRET_CHARACTERS)}"
    key = ApiKey.objects.create(
        party=party,
        name=fields.name.strip(),
        prefix=prefix,
        key_hash=hash_token(plain),
        scopes=sorted(fields.scopes),
        created_by=actor.user,
        created_at=now,
        expires_at=now + timedelta(days=fields.days),
    )
    audit.record(actor, "make_key", party, after={"key": str(key.pk), "scopes": key.scopes})
    tell_party(
        party,
        event="key.made",
        key=f"key-made:{key.pk}",
        sentence=gettext_noop("%(person)s made the API key “%(name)s” for %(party)s."),
        params={"person": str(actor.user), "name": key.name, "party": party.name},
        url=f"{party.get_absolute_url()}keys/",
    )
    return key, plain


@transaction.atomic
def revoke_key(actor: Actor, *, key: ApiKey) -> ApiKey:
    """End a key at once."""
    key = (
        ApiKey.objects.select_for_update(of=("self",), no_key=True)
        .select_related("party")
        .get(pk=key.pk)
    )
    rules.can_revoke_key(actor, key).require()
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_at"])
    audit.record(actor, "revoke_key", key.party, after={"key": str(key.pk)})
    return key


def find_key(plain: str) -> ApiKey | None:
    """The live key behind what was sent, or None."""
    prefix = plain.rpartition("_")[0]
    rows = ApiKey.objects.live(clock.now()).select_related("party__city", "created_by")
    key = rows.filter(prefix=prefix).first()
    if key is None or not hmac.compare_digest(key.key_hash, hash_token(plain)):
        return None
    return key


def actor_of_key(key: ApiKey) -> Actor:
    """Its maker, in the role they have now: who left or was closed out speaks no more."""
    membership = Membership.objects.filter(party=key.party, user=key.created_by).first()
    if membership is None or not key.created_by.is_active:
        raise Refused(forbidden(_("Who made this key no longer speaks for the party.")))
    return Actor(
        user=key.created_by,
        party=key.party,
        role=membership.role,
        via="api",
        key_id=str(key.pk),
    )


def note_use(key: ApiKey) -> None:
    """When it was used last, to the minute."""
    now = clock.now()
    if key.used_at is None or key.used_at < now - USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(used_at=now)
