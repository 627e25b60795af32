"""Changing what was agreed: one side proposes, the other accepts; one at a time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import AmendmentFields
from matchmaking.cooperation.models import Amendment, Cooperation, put_terms, terms_of
from matchmaking.cooperation.services.changes import lock_cooperation, record, tell_other
from matchmaking.cooperation.services.versions import append_version
from matchmaking.cooperation.states import AmendmentStatus
from portal.core import clock
from portal.core.actor import Actor

MOST = 500
TEXTS = ("scope", "service_level")
ANSWERED = ["status", "answered_at", "answered_party", "answered_by"]


@transaction.atomic
def propose_amendment(
    actor: Actor, *, cooperation: Cooperation, fields: AmendmentFields, version: int | None = None
) -> Amendment:
    """Other terms, in answer to the `version` one has read; the other side has seven days to
    answer. Nothing changes until it accepts."""
    cooperation = lock_cooperation(cooperation)
    rules.can_propose_amendment(actor, cooperation).require()
    rules.cooperation_is_as_seen(cooperation, version).require()
    rules.amendment_is_sound(cooperation, fields).require()
    now = clock.now()
    amendment = Amendment.objects.create(
        cooperation=cooperation,
        party=cooperation.own_side(actor.party_id),
        person=actor.user,
        at=now,
        number=cooperation.version + 1,
        note=fields.note.strip(),
        before=terms_of(cooperation),
        after=rules.terms_wanted(cooperation, fields),
        expires_at=now + states.ANSWER_WITHIN,
    )
    _record(actor, "propose_amendment", amendment)
    sentence = gettext_noop("%(other)s proposes to change “%(title)s”. Answer by %(day)s.")
    day = clock.day_of(amendment.expires_at)
    tell_other(actor, cooperation, "amendment_proposed", sentence, day=day)
    return amendment


@transaction.atomic
def accept_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """From now on it is what was proposed. The database lets the terms change no other way."""
    amendment = _lock(amendment)
    rules.can_answer_amendment(actor, amendment).require()
    cooperation = amendment.cooperation
    _answer(actor, amendment, AmendmentStatus.ACCEPTED, "accept_amendment")
    put_terms(cooperation, amendment.after)
    cooperation.version = amendment.number
    cooperation.save(update_fields=[*amendment.after, "version"])
    append_version(actor, cooperation, amendment)
    sentence = gettext_noop("%(other)s accepted the change of “%(title)s”.")
    tell_other(actor, cooperation, "amended", sentence)
    return amendment


@transaction.atomic
def decline_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """Everything stays as it was."""
    amendment = _lock(amendment)
    rules.can_answer_amendment(actor, amendment).require()
    _answer(actor, amendment, AmendmentStatus.DECLINED, "decline_amendment")
    sentence = gettext_noop("%(other)s declined the change of “%(title)s”.")
    tell_other(actor, amendment.cooperation, "amendment_declined", sentence)
    return amendment


@transaction.atomic
def withdraw_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """The side that proposed it takes it back."""
    amendment = _lock(amendment)
    rules.can_withdraw_amendment(actor, amendment).require()
    _answer(actor, amendment, AmendmentStatus.WITHDRAWN, "withdraw_amendment")
    sentence = gettext_noop("%(other)s took the change of “%(title)s” back.")
    tell_other(actor, amendment.cooperation, "amendment_withdrawn", sentence)
    return amendment


def expire_amendments(actor: Actor) -> int:
    """End what nobody answered in seven days; how many."""
    due = Amendment.objects.open().filter(expires_at__lte=clock.now())
    return sum(_expire(actor, amendment) for amendment in due.order_by("expires_at")[:MOST])


@transaction.atomic
def _expire(actor: Actor, amendment: Amendment) -> bool:
    amendment = _lock(amendment)
    if amendment.status != AmendmentStatus.OPEN:
        return False
    _answer(actor, amendment, AmendmentStatus.EXPIRED, "expire_amendment")
    sentence = gettext_noop("Nobody answered the change of “%(title)s” in time.")
    tell_other(actor, amendment.cooperation, "amendment_expired", sentence)
    return True


def _answer(actor: Actor, amendment: Amendment, status: AmendmentStatus, verb: str) -> None:
    amendment.status, amendment.answered_at = status, clock.now()
    if status in states.ANSWERS:
        amendment.answered_party = amendment.cooperation.own_side(actor.party_id)
        amendment.answered_by = actor.user
    amendment.save(update_fields=ANSWERED)
    _record(actor, verb, amendment)


def _record(actor: Actor, verb: str, amendment: Amendment) -> None:
    """With what differs; the texts stand in the amendment and in its version."""
    old, new = amendment.before, amendment.after
    names = [name for name in new if name not in TEXTS and new[name] != old.get(name)]
    facts = {"amendment": str(amendment.pk), "version": amendment.number}
    record(
        actor,
        verb,
        amendment.cooperation,
        shown=amendment.note,
        before={name: old.get(name) for name in names},
        after=facts | {name: new[name] for name in names},
    )


def _lock(amendment: Amendment) -> Amendment:
    cooperation = lock_cooperation(amendment.cooperation_id)
    locked = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    locked.cooperation = cooperation
    return locked
