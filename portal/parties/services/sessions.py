"""Sign-ins: remembered, told of when they are new, and ended."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.notices.services import notify
from portal.parties import devices, locks, rules
from portal.parties.models import SignIn, User
from portal.parties.models.members import hash_token

SEEN_EVERY = timedelta(minutes=5)  # a page costs no write


@transaction.atomic
def record_sign_in(
    person: User, *, session_key: str, device_token: str, agent: str, address: str
) -> SignIn:
    """Somebody signed in. From a device not seen before, they are told."""
    now = clock.now()
    earlier = SignIn.objects.filter(user=person)
    device_hash = hash_token(device_token)
    is_news = earlier.exists() and not earlier.filter(device_hash=device_hash).exists()
    sign_in = SignIn.objects.create(
        user=person,
        session_key=session_key,
        device_hash=device_hash,
        device=devices.device_of(agent),
        place=devices.place_of(address),
        created_at=now,
        seen_at=now,
    )
    if is_news:
        notify(
            [person.pk],
            party_id=None,
            event="account.new_device",
            key=f"sign-in:{sign_in.pk}",
            sentence=gettext_noop("New sign-in to your account: %(device)s, network %(place)s."),
            params={"device": sign_in.device, "place": sign_in.place},
            url="/accounts/sessions/",
        )
    return sign_in


def see_sign_in(sign_in_id: str, *, session_key: str) -> None:
    """The session is in use; its key changes when its owner changes the password."""
    SignIn.objects.filter(pk=sign_in_id, ended_at=None).update(
        seen_at=clock.now(), session_key=session_key
    )


@transaction.atomic
def end_session(actor: Actor, *, sign_in: SignIn) -> None:
    """Sign that device out."""
    assert actor.user is not None
    own = SignIn.objects.select_for_update(no_key=True).filter(user=actor.user, pk=sign_in.pk)
    if _end(own):
        audit.record(actor, "end_session", actor.user)


@transaction.atomic
def end_other_sessions(actor: Actor, *, keep: str | None) -> int:
    """Sign out everywhere but here (`keep`: this sign-in)."""
    assert actor.user is not None
    count = _end(_all_but(actor.user, keep))
    audit.record(actor, "end_other_sessions", actor.user, after={"count": count})
    return count


def forget_sessions(person: User, *, keep: str | None) -> None:
    """After a change of the password the sessions are void; the list says so, too."""
    _end(_all_but(person, keep))


@transaction.atomic
def unlock_person(actor: Actor, *, person: User) -> None:
    """Let somebody try again who failed to sign in too often."""
    rules.can_unlock_person(actor).require()
    cache.delete_many([key for key, _rate in locks.keys_of(person.email or "")])
    audit.record(actor, "unlock_user", person)


def _all_but(person: User, keep: str | None) -> QuerySet[SignIn]:
    rows = SignIn.objects.filter(user=person)
    return rows.exclude(pk=keep) if keep else rows


def _end(rows: QuerySet[SignIn]) -> int:
    running = list(rows.filter(ended_at=None))
    Session.objects.filter(session_key__in=[row.session_key for row in running]).delete()
    ids = [row.pk for row in running]
    return SignIn.objects.filter(pk__in=ids).update(ended_at=clock.now())
