"""The creator's gate: the permission to share goods, and the deposit.

Money moves by two people: who asks for it and a second one who approves. Only then a journal is
posted, under a key of the move's own, so that nothing is ever booked twice.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.catalogue import rules, selectors
from matchmaking.catalogue.fields import MoveFields
from matchmaking.catalogue.models import CartPermission, DepositMove
from matchmaking.catalogue.states import (
    DEPOSIT_CAUSE,
    MOVE_TRANSITIONS,
    MoveKind,
    MoveStatus,
)
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party
from portal.payouts.services import owe

OTHER_SIDE = {  # where the money comes from, or goes to; a refund goes out as a payout
    MoveKind.PAYMENT: Kind.CUSTODY,
    MoveKind.PENALTY: Kind.PENALTIES,
}


@transaction.atomic
def ask_permission(actor: Actor) -> CartPermission:
    """By self-application: granted at once where nothing but the deposit is missing."""
    creator = _own(actor)
    gate = selectors.gate_of(creator)
    rules.can_ask_permission(actor, gate.missing).require()
    if gate.rule is None:
        raise Refused(conflict(_("No rule for sharing goods is in force.")))
    known = {step.name: step.said for step in gate.steps}
    permission = CartPermission.objects.create(
        creator=creator, rule=gate.rule, granted_at=clock.now(), known=known
    )
    audit.record(actor, "grant_cart_permission", permission, after=known)
    return permission


@transaction.atomic
def end_permission(actor: Actor, *, permission: CartPermission, why: str) -> CartPermission:
    """The creator reads the reason."""
    lock_party(permission.creator)
    permission = CartPermission.objects.select_related("creator").get(pk=permission.pk)
    rules.can_end_permission(actor, permission, why).require()
    permission.ended_at, permission.ended_why = clock.now(), why.strip()[:300]
    permission.ended_by = actor.user
    permission.save(update_fields=["ended_at", "ended_why", "ended_by"])
    audit.record(actor, "end_cart_permission", permission, why=permission.ended_why)
    sentence = gettext_noop("You may not share goods any more: %(reason)s")
    _tell(permission.creator, "ended", f"cart:{permission.pk}", sentence, permission.ended_why)
    return permission


@transaction.atomic
def report_payment(actor: Actor, *, reference: str) -> DepositMove:
    """What is due was transferred, under this number at the bank; finance looks for it."""
    creator = _own(actor)
    due = selectors.gate_of(creator).due_fen
    rules.can_report_payment(actor, due).require()
    rules.reference_is_sound(reference).require()
    return _propose(actor, creator, MoveKind.PAYMENT, due, reference=reference.strip())


@transaction.atomic
def ask_refund(actor: Actor, *, why: str) -> DepositMove:
    """All of it back; with it the permission ends once finance has paid."""
    creator = _own(actor)
    balance = selectors.deposit_of(creator.pk)
    rules.can_ask_refund(actor, balance).require()
    fields = MoveFields(MoveKind.REFUND, balance, why)
    rules.move_is_sound(fields, balance, creator).require()
    return _propose(actor, creator, MoveKind.REFUND, balance, why=why.strip()[:300])


@transaction.atomic
def propose_move(actor: Actor, *, creator: Party, fields: MoveFields) -> DepositMove:
    """An operator asks for a refund or a penalty; the creator is told, and may be heard in the
    case of conduct that it follows."""
    creator = lock_party(creator)
    rules.can_propose_move(actor, creator).require()
    rules.move_is_sound(fields, selectors.deposit_of(creator.pk), creator).require()
    move = _propose(
        actor,
        creator,
        MoveKind(fields.kind),
        fields.amount_fen,
        why=fields.why.strip()[:300],
        case_id=fields.case_id,
    )
    if move.kind == MoveKind.PENALTY:
        sentence = gettext_noop("A penalty on your deposit is asked for: %(reason)s")
        _tell(creator, "penalty", f"deposit:{move.pk}", sentence, move.why)
    return move


@transaction.atomic
def approve_move(actor: Actor, *, move: DepositMove, said: str = "") -> DepositMove:
    """A second person: the journal is posted, and the money stands where it went."""
    move = _lock(move)
    rules.can_decide_move(actor, move).require()
    if move.kind != MoveKind.PAYMENT:
        balance = selectors.deposit_of(move.creator_id)
        if move.amount_fen > balance:
            raise Refused(conflict(_("The deposit is smaller than this by now.")))
    _decide(actor, move, MoveStatus.APPROVED, said, verb="approve_deposit_move")
    if move.kind == MoveKind.REFUND:
        _pay_back(actor, move)
    else:
        _post(actor, move)
    if move.kind == MoveKind.REFUND and selectors.gate_of(move.creator).due_fen > 0:
        _end_with_refund(actor, move)
    _tell(move.creator, "decided", f"deposit-done:{move.pk}", WORDS[MoveKind(move.kind)], said)
    return move


@transaction.atomic
def refuse_move(actor: Actor, *, move: DepositMove, said: str) -> DepositMove:
    """Turned down, with the reason."""
    move = _lock(move)
    rules.can_decide_move(actor, move).require()
    flawless(() if said.strip() else [Flaw("said", _("Say why: the creator reads it."))]).require()
    _decide(actor, move, MoveStatus.REFUSED, said, verb="refuse_deposit_move")
    sentence = gettext_noop("Finance turned this down: %(reason)s")
    _tell(move.creator, "decided", f"deposit-done:{move.pk}", sentence, said.strip())
    return move


@transaction.atomic
def withdraw_move(actor: Actor, *, move: DepositMove) -> DepositMove:
    move = _lock(move)
    rules.can_withdraw_move(actor, move).require()
    _decide(actor, move, MoveStatus.WITHDRAWN, "", verb="withdraw_deposit_move")
    return move


# --- pieces ---------------------------------------------------------------------------------------

WORDS = {
    MoveKind.PAYMENT: gettext_noop("Your deposit has arrived. %(reason)s"),
    MoveKind.REFUND: gettext_noop(
        "Your deposit is paid back with the platform's next transfers. %(reason)s"
    ),
    MoveKind.PENALTY: gettext_noop("A penalty was taken from your deposit. %(reason)s"),
}


def _own(actor: Actor) -> Party:
    """The creator somebody speaks for, under its lock."""
    rules.can_act_at_gate(actor).require()
    assert actor.party is not None  # the rule above
    return lock_party(actor.party)


def _lock(move: DepositMove) -> DepositMove:
    creator = lock_party(move.creator)
    locked = DepositMove.objects.get(pk=move.pk)
    locked.creator = creator
    return locked


def _propose(
    actor: Actor, creator: Party, kind: MoveKind, amount_fen: int, **more: Any
) -> DepositMove:
    move = DepositMove(
        creator=creator,
        kind=kind,
        amount_fen=amount_fen,
        proposed_by=actor.user,
        proposed_at=clock.now(),
        **more,
    )
    known = Flaw("reference", _("A payment with this number is known already."))
    waiting = conflict(_("One of this kind waits for finance already."))
    with refusing({"deposit_paid_once": flawless([known]), "deposit_one_waiting": waiting}):
        move.save(force_insert=True)
    after = {"kind": kind, "amount_fen": amount_fen, "creator": creator.pk}
    audit.record(actor, "propose_deposit_move", move, after=after, why=move.why)
    return move


def _decide(actor: Actor, move: DepositMove, status: MoveStatus, said: str, *, verb: str) -> None:
    if status not in MOVE_TRANSITIONS[move.status]:
        raise Refused(conflict(_("This was decided already.")))
    before, move.status = move.status, status
    move.decided_by, move.decided_at = actor.user, clock.now()
    move.decision = said.strip()[:300]
    move.save(update_fields=["status", "decided_by", "decided_at", "decision"])
    audit.record(actor, verb, move, before={"status": before}, after={"status": status}, why=said)


def _pay_back(actor: Actor, move: DepositMove) -> None:
    """It leaves the deposit now, and is on its way until the bank says that it arrived."""
    owe(
        actor,
        party=move.creator,
        key=f"deposit/{move.pk}",
        text=str(_("Deposit paid back")),
        amount_fen=move.amount_fen,
        source=Kind.DEPOSIT,
    )


def _post(actor: Actor, move: DepositMove) -> None:
    kind = MoveKind(move.kind)
    own = Place(move.creator_id, Kind.DEPOSIT, Track.SETTLED)
    other = Place(None, OTHER_SIDE[kind], Track.SETTLED)
    accounts = open_accounts(actor, places=[own, other])
    amount = move.signed_fen
    posting = Posting(
        key=f"deposit/{move.pk}",
        cause_type=DEPOSIT_CAUSE,
        cause_id=str(move.pk),
        occurred_at=move.decided_at or clock.now(),
        text=f"{kind.value} {Money(move.amount_fen)}",
        legs=[Leg(accounts[own], amount, kind.value), Leg(accounts[other], -amount, kind.value)],
    )
    post(actor, posting=posting)


def _end_with_refund(actor: Actor, move: DepositMove) -> None:
    standing = CartPermission.objects.filter(creator=move.creator_id, ended_at=None).first()
    if standing is not None:
        standing.ended_at, standing.ended_by = clock.now(), actor.user
        standing.ended_why = rules.GIVEN_UP
        standing.save(update_fields=["ended_at", "ended_why", "ended_by"])
        audit.record(actor, "end_cart_permission", standing, why=standing.ended_why)


def _tell(creator: Party, what: str, key: str, sentence: str, reason: str) -> None:
    tell_party(
        creator,
        event=f"deposit.{what}",
        key=key,
        sentence=sentence,
        params={"reason": reason},
        url="/gate/",
    )
