"""Answering applications: approving, asking for more, refusing; and taking one back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless, unmet
from portal.parties import rules
from portal.parties.models import Party, RealName, ReviewAnswer
from portal.parties.services.documents import accept_waiting_documents
from portal.parties.services.parties import change_status, lock_party, tell_party
from portal.parties.services.persons import verify_real_name
from portal.parties.states import PartyKind, PartyStatus, ReviewOutcome

TAKEN = {  # by constraint
    "party_uscc_once_in_a_role": _("This code is registered already in this role."),
    "real_name_once_in_a_role": _("This person is registered already in this role."),
}


@transaction.atomic
def approve_party(actor: Actor, *, party: Party, guardian_confirmed: bool = False) -> Party:
    """Accept the application with its documents: the party is verified and listed.

    `guardian_confirmed`: the reviewer has spoken to the guardian of a minor.
    """
    party = lock_party(party)
    rules.can_review_party(actor, party).require()
    party.verified_at, party.status_note = clock.now(), ""
    accept_waiting_documents(actor, party=party)
    with code_is_free():
        verify_real_name(actor, party, guardian_confirmed=guardian_confirmed)
        change_status(actor, party, PartyStatus.VERIFIED, verb="approve_party")
    change_status(actor, party, PartyStatus.LISTED, verb="list_party")
    _keep_answer(actor, party, ReviewOutcome.APPROVED)
    tell_party(party, **approval_told(party, party.verified_at))
    return party


def approval_told(party: Party, at: datetime) -> dict[str, Any]:
    """The notice of an approval, as arguments of `tell_party`."""
    return {
        "event": "party.approved",
        "key": f"party-approved:{party.pk}:{at.isoformat()}",
        "sentence": gettext_noop("%(party)s is verified and may publish needs.")
        if party.kind == PartyKind.MERCHANT
        else gettext_noop("%(party)s is verified and listed."),
        "params": {"party": party.name},
        "url": party.get_absolute_url(),
    }


@transaction.atomic
def confirm_real_name(
    actor: Actor, *, real_name: RealName, guardian_confirmed: bool = False
) -> RealName:
    """A name that was given after the party was verified is right."""
    real_name = _lock_name(real_name)
    rules.can_check_real_name(actor, real_name).require()
    with code_is_free():
        verify_real_name(actor, real_name.party, guardian_confirmed=guardian_confirmed)
    audit.record(actor, "confirm_real_name", real_name.party)
    _tell_of_name(real_name, "confirmed", gettext_noop("The real name of %(party)s is verified."))
    real_name.refresh_from_db()
    return real_name


@transaction.atomic
def refuse_real_name(actor: Actor, *, real_name: RealName, reason: str) -> None:
    """It cannot be right: nothing of it is kept, and another one may be given."""
    real_name = _lock_name(real_name)
    rules.can_check_real_name(actor, real_name).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    sentence = gettext_noop("The real name of %(party)s was not verified: %(reason)s")
    _tell_of_name(real_name, "refused", sentence, reason=reason.strip()[:200])
    audit.record(actor, "refuse_real_name", real_name.party, why=reason.strip())
    real_name.delete()


def _lock_name(real_name: RealName) -> RealName:
    party = lock_party(real_name.party)
    locked = RealName.objects.filter(party=party).first()
    if locked is None:
        raise Refused(conflict(_("This real name was answered already.")))
    locked.party = party
    return locked


def _tell_of_name(real_name: RealName, end: str, sentence: str, reason: str = "") -> None:
    party = real_name.party
    tell_party(
        party,
        event=f"party.real_name_{end}",
        key=f"real-name-{end}:{party.pk}:{clock.now().isoformat()}",
        sentence=sentence,
        params={"party": party.name, "reason": reason},
        url=reverse("document_list", args=[party.pk]),
    )


@transaction.atomic
def return_party(actor: Actor, *, party: Party, note: str, wanted: Sequence[str] = ()) -> Party:
    """Ask the applicant for more: a sentence they will read, and what exactly is asked for."""
    party = lock_party(party)
    rules.can_review_party(actor, party).require()
    if not note.strip():
        raise Refused(unmet(_("Say what is missing; the applicant reads this sentence.")))
    party.status_note = note.strip()
    change_status(actor, party, PartyStatus.NEED_INFO, verb="return_party", why=party.status_note)
    _keep_answer(actor, party, ReviewOutcome.NEED_INFO, wanted=wanted)
    tell_party(
        party,
        event="party.returned",
        key=f"party-returned:{party.pk}:{clock.now().isoformat()}",
        sentence=gettext_noop("The application of %(party)s needs more: %(note)s"),
        params={"party": party.name, "note": party.status_note[:200]},
        url=party.get_absolute_url(),
    )
    return party


@transaction.atomic
def refuse_party(actor: Actor, *, party: Party, reason: str) -> Party:
    """Refuse the application. The applicant reads `reason`, and may appeal or begin anew."""
    party = lock_party(party)
    rules.can_review_party(actor, party).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    party.status_note = reason.strip()
    change_status(actor, party, PartyStatus.REFUSED, verb="refuse_party", why=party.status_note)
    _keep_answer(actor, party, ReviewOutcome.REFUSED)
    tell_party(
        party,
        event="party.refused",
        key=f"party-refused:{party.pk}:{clock.now().isoformat()}",
        sentence=gettext_noop("The application of %(party)s was refused: %(reason)s"),
        params={"party": party.name, "reason": party.status_note[:200]},
        url=party.get_absolute_url(),
    )
    return party


@transaction.atomic
def recall_party(actor: Actor, *, party: Party) -> Party:
    """Take an application back while nobody has answered it; it is a draft again."""
    party = lock_party(party)
    rules.can_recall_party(actor, party).require()
    change_status(actor, party, PartyStatus.DRAFT, verb="recall_party")
    return party


@transaction.atomic
def restart_party(actor: Actor, *, party: Party) -> Party:
    """Begin a refused application anew, as a draft."""
    party = lock_party(party)
    rules.can_restart_party(actor, party).require()
    party.status_note = ""
    change_status(actor, party, PartyStatus.DRAFT, verb="restart_party")
    return party


@contextmanager
def code_is_free() -> Iterator[None]:
    """A code or a person is verified once in a role; the database decides between two at the same
    moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = next((TAKEN[name] for name in TAKEN if name in str(error)), None)
        if sentence is None:
            raise
        raise Refused(conflict(sentence)) from error


def _keep_answer(
    actor: Actor, party: Party, outcome: ReviewOutcome, wanted: Sequence[str] = ()
) -> None:
    ReviewAnswer.objects.create(
        party=party,
        outcome=outcome,
        reason=party.status_note,
        wanted=[line.strip()[:200] for line in wanted if line.strip()],
        by_id=actor.user_id,
        at=clock.now(),
    )
