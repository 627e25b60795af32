"""Claiming a party that nobody speaks for, and deciding whose it is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, Verdict, conflict, flawless
from portal.notices.services import notify
from portal.parties import rules
from portal.parties.files import CLAIM_PROOF
from portal.parties.models import Claim, ClaimStatement, Membership, Party, User
from portal.parties.models.phones import keyed
from portal.parties.services.parties import lock_party
from portal.parties.services.phones import send_code, use_code
from portal.parties.states import ClaimStatus, Role

CODE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
CODE_LENGTH = 8
Proof = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@transaction.atomic
def claim_party(actor: Actor, *, party: Party, text: str, proofs: Sequence[Proof] = ()) -> Claim:
    """Say that a party is one's own, and what proves it. An operator answers."""
    party = lock_party(party)
    _lock_person(actor)
    rules.can_claim_party(actor, party).require()
    rules.statement_is_sound(text, len(proofs)).require()
    assert actor.user is not None  # the rule
    now = clock.now()
    claim = Claim.objects.create(
        party=party,
        claimant=actor.user,
        code=claim_code(actor.user_id, party),
        made_at=now,
        waiting_since=now,
    )
    _state(actor, claim, text, proofs)
    audit.record(actor, "claim_party", claim, after={"party": party.pk, "files": len(proofs)})
    return claim


def claim_code(person_id: int | None, party: Party) -> str:
    """The same for the same person and party, so that it can be put in place before claiming."""
    digest = keyed(f"claim:{person_id}:{party.pk}")
    return "".join(CODE_CHARACTERS[byte % len(CODE_CHARACTERS)] for byte in digest[:CODE_LENGTH])


@transaction.atomic
def answer_claim(actor: Actor, *, claim: Claim, text: str, proofs: Sequence[Proof] = ()) -> Claim:
    """Hand in what the operator asked for; the claim is in their queue again."""
    claim = _lock(claim)
    rules.can_answer_claim(actor, claim).require()
    rules.statement_is_sound(text, len(proofs)).require()
    _state(actor, claim, text, proofs)
    claim.waiting_since = clock.now()
    _change_status(actor, claim, ClaimStatus.WAITING, verb="answer_claim")
    return claim


@transaction.atomic
def withdraw_claim(actor: Actor, *, claim: Claim) -> Claim:
    """The claimant thinks better of it."""
    claim = _lock(claim)
    rules.can_withdraw_claim(actor, claim).require()
    _end(actor, claim, ClaimStatus.WITHDRAWN, verb="withdraw_claim")
    return claim


@transaction.atomic
def send_claim_code(actor: Actor, *, claim: Claim, address: str) -> Claim:
    """Text a code to the phone the party is registered with. `address` is the visitor's."""
    claim = _lock(claim)
    rules.can_prove_by_phone(actor, claim).require()
    claim.phone_code = send_code(phone=claim.party.contact_phone, address=address).pk
    claim.save(update_fields=["phone_code"])
    audit.record(actor, "send_claim_code", claim)
    return claim


@transaction.atomic
def prove_claim_by_phone(actor: Actor, *, claim: Claim, digits: str) -> Verdict:
    """Whether these are the digits that were sent. A verdict, no refusal raised: a wrong try must
    stay counted."""
    claim = _lock(claim)
    rules.can_prove_by_phone(actor, claim).require()
    if claim.phone_code is None:
        return conflict(gettext_lazy("Ask for a code first."))
    if verdict := use_code(code_id=claim.phone_code, digits=digits):
        claim.phone_proved_at = clock.now()
        claim.save(update_fields=["phone_proved_at"])
        audit.record(actor, "prove_claim_by_phone", claim)
    return verdict


@transaction.atomic
def ask_claimant(actor: Actor, *, claim: Claim, text: str) -> Claim:
    """Ask for more: a sentence the claimant reads."""
    claim = _lock(claim)
    rules.can_decide_claim(actor, claim).require()
    _require_reason(text)
    _state(actor, claim, text)
    _change_status(actor, claim, ClaimStatus.ASKED, verb="ask_claimant", why=text.strip())
    sentence = gettext_noop("Your claim of %(party)s needs more: %(reason)s")
    _tell(claim, "claim.asked", sentence, reason=text, at=clock.now())
    return claim


@transaction.atomic
def accept_claim(actor: Actor, *, claim: Claim) -> Membership:
    """The claimant owns the party; whoever else claims it is refused and told."""
    claim = _lock(claim)
    rules.can_accept_claim(actor, claim).require()
    now, party = clock.now(), claim.party
    _end(actor, claim, ClaimStatus.ACCEPTED, verb="accept_claim")
    membership = Membership.objects.create(
        user=claim.claimant, party=party, role=Role.OWNER, created_at=now
    )
    party.updated_at = now  # it is looked after from now on, and readers of its offer are told
    party.save(update_fields=["updated_at"])
    audit.record(actor, "give_party", party, after={"owner": claim.claimant_id})
    sentence = gettext_noop("%(party)s is yours now: you are its owner.")
    _tell(claim, "claim.accepted", sentence, url=party.get_absolute_url())
    refuse_claims(actor, party, gettext_noop("It was given to somebody who proved it first."))
    return membership


@transaction.atomic
def refuse_claim(actor: Actor, *, claim: Claim, text: str) -> Claim:
    """Say no; `text` is the sentence the claimant reads."""
    claim = _lock(claim)
    rules.can_decide_claim(actor, claim).require()
    _require_reason(text)
    _refuse(actor, claim, text.strip())
    return claim


def refuse_claims(actor: Actor, party: Party, sentence: str) -> int:
    """End every claim of a party that is locked; `sentence` is a source string."""
    running = Claim.objects.running().filter(party=party).order_by("pk")
    claims = list(
        running.select_for_update(of=("self",), no_key=True).select_related("party", "claimant")
    )
    for claim in claims:
        with translation.override(claim.claimant.language):
            _refuse(actor, claim, _(sentence))
    return len(claims)


def _refuse(actor: Actor, claim: Claim, reason: str) -> None:
    _state(actor, claim, reason, is_operator=True)
    _end(actor, claim, ClaimStatus.REFUSED, verb="refuse_claim", why=reason)
    sentence = gettext_noop("Your claim of %(party)s was refused: %(reason)s")
    _tell(claim, "claim.refused", sentence, reason=reason)


def _lock(claim: Claim) -> Claim:
    """First the party, in whose line all claims of it wait."""
    lock_party(claim.party)
    rows = Claim.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("party__city", "claimant").get(pk=claim.pk)


def _lock_person(actor: Actor) -> None:
    """So that two claims at once are counted."""
    if actor.user is not None:
        User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)


def _state(
    actor: Actor,
    claim: Claim,
    text: str,
    proofs: Sequence[Proof] = (),
    *,
    is_operator: bool | None = None,
) -> ClaimStatement:
    by_operator = actor.user_id != claim.claimant_id if is_operator is None else is_operator
    statement = ClaimStatement.objects.create(
        claim=claim,
        is_operator=by_operator,
        by_id=actor.user_id,
        text=text.strip(),
        at=clock.now(),
    )
    statement.files.set([_file_of(actor, proof) for proof in proofs])
    return statement


def _file_of(actor: Actor, proof: Proof) -> StoredFile:
    if isinstance(proof, uuid.UUID):
        return take_file(actor, file_id=proof, purpose=CLAIM_PROOF, field="files")
    return attach_file(actor, file=store_file(actor, upload=proof, purpose=CLAIM_PROOF))


def _require_reason(text: str) -> None:
    if not text.strip():
        raise Refused(flawless([Flaw("text", gettext_lazy("Say why; the claimant reads this."))]))
    if len(text.strip()) > rules.MOST_WORDS:
        raise Refused(flawless([Flaw("text", gettext_lazy("At most 1,000 characters."))]))


def _end(actor: Actor, claim: Claim, status: ClaimStatus, *, verb: str, why: str = "") -> None:
    claim.ended_by_id = actor.user_id
    _change_status(actor, claim, status, verb=verb, why=why)


def _change_status(
    actor: Actor, claim: Claim, status: ClaimStatus, *, verb: str, why: str = ""
) -> None:
    if not rules.can_become_claim(claim, status):
        raise Refused(conflict(gettext_lazy("This claim was answered or withdrawn already.")))
    before, claim.status = claim.status, status
    claim.ended_at = None if claim.is_running else clock.now()
    claim.save(update_fields=["status", "waiting_since", "ended_at", "ended_by"])
    audit.record(actor, verb, claim, before={"status": before}, after={"status": status}, why=why)


def _tell(
    claim: Claim,
    event: str,
    sentence: str,
    *,
    reason: str = "",
    url: str = "",
    at: datetime | None = None,
) -> None:
    notify(
        [claim.claimant_id],
        party_id=None,
        event=event,
        key=f"{event}:{claim.pk}" + (f":{at.isoformat()}" if at else ""),
        sentence=sentence,
        params={"party": claim.party.name, "reason": reason.strip()[:200]},
        url=url or claim.get_absolute_url(),
    )
