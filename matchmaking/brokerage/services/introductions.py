"""Every change to an introduction: lock, ask the rule again, write, tell who has the next move."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.brokerage import rules, states
from matchmaking.brokerage.fields import IntroductionFields, Outcome, SignedTerms
from matchmaking.brokerage.files import CONTRACT
from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import IntroductionStatus
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services import open_cooperation
from matchmaking.cooperation.states import Door
from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, flawless
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party

# --- who asks -------------------------------------------------------------------------------------


@transaction.atomic
def ask_introduction(actor: Actor, *, creator: Party, fields: IntroductionFields) -> Introduction:
    """A wish to work with a represented creator; an operator takes it from here."""
    rules.may_ask_at_all(actor).require()
    assert actor.party is not None
    asker = lock_party(actor.party)  # two wishes at once are counted one after the other
    rules.can_ask_introduction(actor, creator).require()
    flawless(rules.flaws_of_introduction(fields)).require()
    now = clock.now()
    introduction = Introduction.objects.create(
        asker=asker,
        creator=creator,
        subject=fields.subject.strip(),
        brief=fields.brief.strip(),
        budget_fen=fields.budget_fen,
        wanted_by=fields.wanted_by,
        created_at=now,
        changed_at=now,
    )
    audit.record(actor, "ask_introduction", introduction, after={"creator": creator.pk})
    return introduction


@transaction.atomic
def withdraw_introduction(actor: Actor, *, introduction: Introduction) -> Introduction:
    row = _lock(introduction)
    rules.can_withdraw_introduction(actor, row).require()
    was_put = row.offered_at is not None
    _change_status(actor, row, IntroductionStatus.WITHDRAWN, "withdraw_introduction")
    if was_put:
        _tell(row, row.creator, "withdrawn", gettext_noop("“%(subject)s” was withdrawn."))
    return row


# --- the creator ----------------------------------------------------------------------------------


@transaction.atomic
def answer_introduction(
    actor: Actor, *, introduction: Introduction, agrees: bool, reason: str = ""
) -> Introduction:
    """Yes, or no with a reason that the asker reads."""
    row = _lock(introduction)
    rules.can_answer_introduction(actor, row).require()
    if not agrees:
        _require_reason(reason)
    row.answered_at, row.reason = clock.now(), "" if agrees else reason.strip()[:300]
    status = IntroductionStatus.AGREED if agrees else IntroductionStatus.DECLINED
    _change_status(actor, row, status, "answer_introduction")
    sentence = (
        gettext_noop("%(creator)s agreed to “%(subject)s”.")
        if agrees
        else gettext_noop("%(creator)s declined “%(subject)s”.")
    )
    _tell(row, row.asker, "answered", sentence)
    return row


# --- who brokers ----------------------------------------------------------------------------------


@transaction.atomic
def take_introduction(actor: Actor, *, introduction: Introduction) -> Introduction:
    row = _lock(introduction)
    rules.can_move_introduction(actor, row, IntroductionStatus.TAKEN).require()
    row.broker = actor.user
    _change_status(actor, row, IntroductionStatus.TAKEN, "take_introduction")
    sentence = gettext_noop("The platform prepares the introduction “%(subject)s”.")
    _tell(row, row.asker, "taken", sentence)
    return row


@transaction.atomic
def offer_introduction(actor: Actor, *, introduction: Introduction) -> Introduction:
    """Put it to the creator."""
    row = _lock(introduction)
    rules.can_move_introduction(actor, row, IntroductionStatus.OFFERED).require()
    row.offered_at = clock.now()
    _change_status(actor, row, IntroductionStatus.OFFERED, "offer_introduction")
    sentence = gettext_noop("%(asker)s would like to work with you: “%(subject)s”.")
    _tell(row, row.creator, "offered", sentence)
    return row


@transaction.atomic
def refuse_introduction(actor: Actor, *, introduction: Introduction, reason: str) -> Introduction:
    row = _lock(introduction)
    rules.can_move_introduction(actor, row, IntroductionStatus.REFUSED).require()
    _require_reason(reason)
    row.reason = reason.strip()[:300]
    was_put = row.offered_at is not None
    _change_status(actor, row, IntroductionStatus.REFUSED, "refuse_introduction")
    sentence = gettext_noop("The platform does not introduce “%(subject)s”: %(reason)s")
    _tell(row, row.asker, "refused", sentence)
    if was_put:
        _tell(row, row.creator, "withdrawn", gettext_noop("“%(subject)s” was withdrawn."))
    return row


@transaction.atomic
def sign_introduction(
    actor: Actor,
    *,
    introduction: Introduction,
    contract: UploadedFile | UUID,
    signed_on: date,
    terms: SignedTerms | None = None,
) -> Introduction:
    """Keep the contract that both sides signed (a file, or the id of one's own upload); both may
    read it. With its terms, a merchant's
    becomes a cooperation, whose paper its orders are split by."""
    row = _lock(introduction)
    rules.can_move_introduction(actor, row, IntroductionStatus.SIGNED).require()
    is_known = row.answered_at is not None and signed_on >= clock.day_of(row.answered_at)
    flaws = [Flaw("signed_on", _("Between the creator's answer and today."))]
    flawless(flaws if not is_known or signed_on > clock.today() else []).require()
    flawless(rules.flaws_of_terms(row, terms) if terms else []).require()
    row.contract = _contract_of(actor, contract)
    row.signed_on = signed_on
    _change_status(actor, row, IntroductionStatus.SIGNED, "sign_introduction")
    for party in (row.asker, row.creator):
        _tell(row, party, "signed", gettext_noop("The contract of “%(subject)s” is kept here."))
    if terms is not None:
        _open_cooperation(actor, row, terms)
    return row


def _contract_of(actor: Actor, contract: UploadedFile | UUID) -> StoredFile:
    if isinstance(contract, UUID):
        return take_file(actor, file_id=contract, purpose=CONTRACT, field="contract")
    return attach_file(actor, file=store_file(actor, upload=contract, purpose=CONTRACT))


def _open_cooperation(actor: Actor, row: Introduction, terms: SignedTerms) -> None:
    """Both sides signed outside; the broker's name stands in the introduction's history."""
    open_cooperation(
        system_actor(actor.via),
        door=Through(Door.INTRODUCTION, str(row.public_id), str(row.public_id)),
        merchant=row.asker,
        provider=row.creator,
        terms=Terms(
            title=row.subject,
            scope=row.brief,
            monthly_fee_fen=terms.monthly_fee_fen,
            share_bp=terms.share_bp,
            starts_on=terms.starts_on,
            term_months=terms.term_months,
        ),
    )


@transaction.atomic
def end_introduction(actor: Actor, *, introduction: Introduction, outcome: Outcome) -> Introduction:
    """What came of it."""
    ok = outcome.succeeded
    status = IntroductionStatus.SUCCEEDED if ok else IntroductionStatus.FAILED
    row = _lock(introduction)
    rules.can_move_introduction(actor, row, status).require()
    flawless(rules.flaws_of_outcome(outcome)).require()
    note = outcome.note.strip()[:300]
    row.outcome, row.reason, row.gmv_fen = note, "" if ok else note, outcome.gmv_fen
    _change_status(actor, row, status, "end_introduction")
    for party in (row.asker, row.creator):
        _tell(row, party, "ended", gettext_noop("The introduction “%(subject)s” has its outcome."))
    return row


# --- within ---------------------------------------------------------------------------------------


def _lock(introduction: Introduction) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("asker", "creator").get(pk=introduction.pk)


def _require_reason(reason: str) -> None:
    flawless([] if reason.strip() else [Flaw("reason", _("Please say why."))]).require()


def _change_status(actor: Actor, row: Introduction, status: IntroductionStatus, verb: str) -> None:
    now = clock.now()
    before, row.status, row.changed_at = row.status, status, now
    if status in states.ENDED:
        row.ended_at = now
    row.save()
    audit.record(actor, verb, row, before={"status": before}, after={"status": status})


def _tell(row: Introduction, party: Party, what: str, sentence: str) -> None:
    params: dict[str, Any] = {
        "subject": row.subject,
        "creator": row.creator.name,
        "asker": row.asker.name,
        "reason": row.reason,
    }
    tell_party(
        party,
        event=f"introduction.{what}",
        key=f"introduction-{what}:{row.pk}:{party.pk}",
        sentence=sentence,
        params=params,
        url=row.get_absolute_url(),
    )
