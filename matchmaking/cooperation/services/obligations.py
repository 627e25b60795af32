"""Every change to an obligation. Lock order: the cooperation, then the obligation."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import ObligationFields
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import Cooperation, Obligation
from matchmaking.cooperation.services.changes import lock_cooperation, record, tell_other
from matchmaking.cooperation.states import ObligationStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict, flawless


@transaction.atomic
def add_obligation(
    actor: Actor, *, cooperation: Cooperation, fields: ObligationFields
) -> Obligation:
    """Something to be done until a day: one's own stands at once, the other side is asked."""
    cooperation = lock_cooperation(cooperation)
    rules.can_add_obligation(actor, cooperation).require()
    rules.obligation_is_sound(cooperation, fields).require()
    ours, theirs = cooperation.own_side(actor.party_id), cooperation.other_side(actor.party_id)
    obligation = Obligation.objects.create(
        cooperation=cooperation,
        owed_by=ours if fields.is_ours else theirs,
        title=fields.title.strip(),
        detail=fields.detail.strip(),
        due_on=fields.due_on,
        status=ObligationStatus.OPEN if fields.is_ours else ObligationStatus.ASKED,
        created_by=actor.user,
        created_at=clock.now(),
    )
    _record(actor, "add_obligation", obligation)
    sentence = (
        gettext_noop("%(other)s takes on “%(what)s” by %(day)s.")
        if fields.is_ours
        else gettext_noop("%(other)s asks you for “%(what)s” by %(day)s.")
    )
    _tell(actor, obligation, "obligation_added", sentence)
    return obligation


@transaction.atomic
def accept_obligation(actor: Actor, *, obligation: Obligation) -> Obligation:
    """Take on what was asked."""
    obligation = _lock(obligation)
    rules.can_answer_obligation(actor, obligation).require()
    _change(actor, obligation, ObligationStatus.OPEN, "accept_obligation")
    sentence = gettext_noop("%(other)s takes on “%(what)s” by %(day)s.")
    _tell(actor, obligation, "obligation_accepted", sentence)
    return obligation


@transaction.atomic
def decline_obligation(actor: Actor, *, obligation: Obligation) -> Obligation:
    """Not take on what was asked."""
    obligation = _lock(obligation)
    rules.can_answer_obligation(actor, obligation).require()
    _change(actor, obligation, ObligationStatus.DECLINED, "decline_obligation")
    sentence = gettext_noop("%(other)s does not take on “%(what)s”.")
    _tell(actor, obligation, "obligation_declined", sentence)
    return obligation


@transaction.atomic
def finish_obligation(
    actor: Actor,
    *,
    obligation: Obligation,
    note: str = "",
    evidence: UploadedFile | StoredFile | None = None,
) -> Obligation:
    """Say that it is done, with what shows it."""
    obligation = _lock(obligation)
    rules.can_finish_obligation(actor, obligation).require()
    obligation.done_note = note.strip()[:300]
    if evidence is not None:
        obligation.evidence = _kept(actor, obligation, evidence)
    _change(actor, obligation, ObligationStatus.DONE, "finish_obligation")
    sentence = gettext_noop("%(other)s has done “%(what)s”. Confirm it or return it.")
    _tell(actor, obligation, "obligation_done", sentence)
    return obligation


@transaction.atomic
def confirm_obligation(actor: Actor, *, obligation: Obligation) -> Obligation:
    """It was done as agreed."""
    obligation = _lock(obligation)
    rules.can_judge_obligation(actor, obligation).require()
    _change(actor, obligation, ObligationStatus.CONFIRMED, "confirm_obligation")
    _tell(actor, obligation, "obligation_confirmed", gettext_noop("%(other)s confirms “%(what)s”."))
    return obligation


@transaction.atomic
def return_obligation(actor: Actor, *, obligation: Obligation, note: str) -> Obligation:
    """It was not done as agreed; what is missing is said."""
    obligation = _lock(obligation)
    rules.can_judge_obligation(actor, obligation).require()
    flawless(rules.flaws_of_words("note", note)).require()
    obligation.returned_note, obligation.evidence = note.strip(), None
    _change(actor, obligation, ObligationStatus.OPEN, "return_obligation")
    sentence = gettext_noop("%(other)s returned “%(what)s”: %(note)s")
    _tell(actor, obligation, "obligation_returned", sentence, note=note.strip()[:150])
    return obligation


@transaction.atomic
def waive_obligation(actor: Actor, *, obligation: Obligation) -> Obligation:
    """It need not be done any more."""
    obligation = _lock(obligation)
    rules.can_waive_obligation(actor, obligation).require()
    _change(actor, obligation, ObligationStatus.WAIVED, "waive_obligation")
    _tell(actor, obligation, "obligation_waived", gettext_noop("%(other)s waives “%(what)s”."))
    return obligation


SETTLED = frozenset(
    {ObligationStatus.CONFIRMED, ObligationStatus.DECLINED, ObligationStatus.WAIVED}
)


def _change(actor: Actor, obligation: Obligation, status: ObligationStatus, verb: str) -> None:
    if status not in states.OBLIGATION_TRANSITIONS[obligation.status]:
        raise Refused(conflict(_("This is not possible in the obligation's present state.")))
    now = clock.now()
    before, obligation.status = obligation.status, status
    if status == ObligationStatus.DONE:
        obligation.done_at = now
    elif status == ObligationStatus.OPEN:
        obligation.done_at = None
    obligation.settled_at = now if status in SETTLED else None
    obligation.save()
    _record(actor, verb, obligation, before)


def _record(actor: Actor, verb: str, obligation: Obligation, before: str = "") -> None:
    record(
        actor,
        verb,
        obligation.cooperation,
        shown=obligation.title,
        before={"status": before} if before else None,
        after={"obligation": str(obligation.pk), "status": obligation.status},
    )


def _lock(obligation: Obligation) -> Obligation:
    cooperation = lock_cooperation(obligation.cooperation_id)
    locked = Obligation.objects.select_for_update(of=("self",), no_key=True).get(pk=obligation.pk)
    locked.cooperation = cooperation
    return locked


def _kept(actor: Actor, obligation: Obligation, evidence: UploadedFile | StoredFile) -> StoredFile:
    if isinstance(evidence, UploadedFile):
        evidence = store_file(
            actor, upload=evidence, purpose=EVIDENCE, party_id=obligation.owed_by_id
        )
    return attach_file(actor, file=evidence)


def _tell(actor: Actor, obligation: Obligation, what: str, sentence: str, **params: str) -> None:
    tell_other(
        actor,
        obligation.cooperation,
        what,
        sentence,
        what=obligation.title,
        day=obligation.due_on,
        **params,
    )
