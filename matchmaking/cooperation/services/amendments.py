"""Changing what was agreed: one side proposes, the other accepts; one at a time."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.doors import follow_end
from matchmaking.cooperation.fields import AmendmentFields
from matchmaking.cooperation.models import Amendment, Cooperation, put_terms, terms_of
from matchmaking.cooperation.services.changes import (
    change_status,
    lock_cooperation,
    record,
    tell_other,
)
from matchmaking.cooperation.services.papers import propose_paper
from matchmaking.cooperation.services.versions import append_version
from matchmaking.cooperation.states import AmendmentStatus, CooperationStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.revenue.services import accept_terms, drop_terms
from portal.revenue.states import VersionStatus

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
    wanted = rules.terms_wanted(cooperation, fields)
    amendment = put_amendment(actor, cooperation, wanted, note=fields.note)
    sentence = gettext_noop("%(other)s proposes to change “%(title)s”. Answer by %(day)s.")
    _tell_of(actor, amendment, "amendment_proposed", sentence)
    return amendment


@transaction.atomic
def counter_amendment(actor: Actor, *, amendment: Amendment, fields: AmendmentFields) -> Amendment:
    """Answer with other terms; what is not said is as the other side proposed it. Now that side has
    seven days."""
    amendment = _lock(amendment)
    cooperation = amendment.cooperation
    rules.can_answer_amendment(actor, amendment).require()
    rules.counter_is_sound(amendment, fields).require()
    wanted = rules.terms_wanted(cooperation, fields, amendment.after)
    answered = put_amendment(actor, cooperation, wanted, note=fields.note, counters=amendment)
    if cooperation.status == CooperationStatus.PROPOSED:
        change_status(actor, cooperation, CooperationStatus.COUNTERED, verb="counter_cooperation")
    sentence = gettext_noop("%(other)s answers with other terms for “%(title)s”, until %(day)s.")
    _tell_of(actor, answered, "amendment_countered", sentence)
    return answered


def put_amendment(
    actor: Actor,
    cooperation: Cooperation,
    wanted: dict[str, Any],
    *,
    note: str,
    counters: Amendment | None = None,
) -> Amendment:
    """Put terms on the table, as a version of the paper."""
    paper = propose_paper(actor, cooperation, wanted, note=note, counters=counters)
    if counters is not None:
        _answer(actor, counters, AmendmentStatus.COUNTERED, "counter_amendment")
    amendment = Amendment.objects.create(
        cooperation=cooperation,
        paper=paper,
        party=cooperation.own_side(actor.party_id),
        person=actor.user,
        at=paper.proposed_at,
        number=cooperation.version + 1,
        note=note.strip(),
        before=terms_of(cooperation) if cooperation.is_agreed else {},
        after=wanted,
        expires_at=paper.expires_at,
    )
    _record(actor, "propose_amendment", amendment)
    return amendment


@transaction.atomic
def accept_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """From now on it is what was proposed; what is split of order lines, from the next midnight.
    The database lets the terms change no other way."""
    amendment = _lock(amendment)
    rules.can_answer_amendment(actor, amendment).require()
    cooperation = amendment.cooperation
    flawless(rules.flaws_of_billed(cooperation, amendment.after)).require()
    is_first = not cooperation.is_agreed
    accept_terms(actor, version=amendment.paper)
    _answer(actor, amendment, AmendmentStatus.ACCEPTED, "accept_amendment")
    put_terms(cooperation, amendment.after)
    cooperation.version = amendment.number
    if is_first:
        _agree(actor, cooperation, amendment)
    else:
        cooperation.save(update_fields=[*amendment.after, "version"])
        follow_end(actor, cooperation)
    append_version(actor, cooperation, amendment)
    sentence = (
        gettext_noop("%(other)s accepted “%(title)s”. You work together.")
        if is_first
        else gettext_noop("%(other)s accepted the change of “%(title)s”.")
    )
    tell_other(actor, cooperation, "amended", sentence)
    return amendment


def _agree(actor: Actor, cooperation: Cooperation, amendment: Amendment) -> None:
    """The first version: from now on there is a cooperation."""
    before, cooperation.status = cooperation.status, CooperationStatus.ACCEPTED
    cooperation.agreed_at = amendment.answered_at
    cooperation.save(update_fields=[*amendment.after, "version", "status", "agreed_at"])
    record(
        actor,
        "begin_cooperation",
        cooperation,
        before={"status": before},
        after={"status": cooperation.status},
    )


@transaction.atomic
def decline_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """Everything stays as it was."""
    amendment = _lock(amendment)
    rules.can_answer_amendment(actor, amendment).require()
    _drop(actor, amendment, AmendmentStatus.DECLINED, "decline_amendment")
    sentence = (
        gettext_noop("%(other)s declined the change of “%(title)s”.")
        if amendment.cooperation.is_agreed
        else gettext_noop("%(other)s declined “%(title)s”.")
    )
    tell_other(actor, amendment.cooperation, "amendment_declined", sentence)
    return amendment


@transaction.atomic
def withdraw_amendment(actor: Actor, *, amendment: Amendment) -> Amendment:
    """The side that proposed it takes it back."""
    amendment = _lock(amendment)
    rules.can_withdraw_amendment(actor, amendment).require()
    _drop(actor, amendment, AmendmentStatus.WITHDRAWN, "withdraw_amendment")
    sentence = (
        gettext_noop("%(other)s took the change of “%(title)s” back.")
        if amendment.cooperation.is_agreed
        else gettext_noop("%(other)s took the proposal of “%(title)s” back.")
    )
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
    _drop(actor, amendment, AmendmentStatus.EXPIRED, "expire_amendment")
    sentence = (
        gettext_noop("Nobody answered the change of “%(title)s” in time.")
        if amendment.cooperation.is_agreed
        else gettext_noop("Nobody answered the proposal of “%(title)s” in time.")
    )
    tell_other(actor, amendment.cooperation, "amendment_expired", sentence)
    return True


def close_amendments(actor: Actor, cooperation: Cooperation) -> None:
    """It is over: what waits for an answer waits no more."""
    for amendment in cooperation.amendments.open().select_related("paper"):
        amendment.cooperation = cooperation
        drop_terms(actor, version=amendment.paper, status=VersionStatus.EXPIRED)
        _answer(actor, amendment, AmendmentStatus.EXPIRED, "expire_amendment")


def _drop(actor: Actor, amendment: Amendment, status: AmendmentStatus, verb: str) -> None:
    """Where nothing was agreed before, there is no cooperation then."""
    drop_terms(actor, version=amendment.paper, status=VersionStatus(status))
    _answer(actor, amendment, status, verb)
    cooperation = amendment.cooperation
    if not cooperation.is_agreed:
        change_status(actor, cooperation, CooperationStatus.LAPSED, verb="lapse_cooperation")


def _answer(actor: Actor, amendment: Amendment, status: AmendmentStatus, verb: str) -> None:
    amendment.status, amendment.answered_at = status, clock.now()
    if status in states.ANSWERS:
        amendment.answered_party = amendment.cooperation.own_side(actor.party_id)
        amendment.answered_by = actor.user
    amendment.save(update_fields=ANSWERED)
    _record(actor, verb, amendment)


def _tell_of(actor: Actor, amendment: Amendment, event: str, sentence: str) -> None:
    day = clock.day_of(amendment.expires_at)
    tell_other(actor, amendment.cooperation, event, sentence, day=day)


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
    rows = Amendment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "paper__agreement"
    )
    locked = rows.get(pk=amendment.pk)
    locked.cooperation = cooperation
    return locked
