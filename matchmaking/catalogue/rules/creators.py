"""Who may share goods, and what a deposit's money does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.catalogue.fields import MoveFields
from matchmaking.catalogue.models import CartPermission, DepositMove
from matchmaking.catalogue.states import MoveKind, MoveStatus
from portal.conduct.models import Case
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, is_member
from portal.parties.states import PartyKind

GIVEN_UP = gettext_noop("The deposit was paid back.")
BARRED = timedelta(days=90)  # after an operator ended a permission

MOST_REFERENCE = 60


def can_see_gate(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.CREATOR:
        return forbidden(_("Only creators have this page. Switch to a creator."))
    return ALLOWED


def can_act_at_gate(actor: Actor) -> Verdict:
    if not (verdict := can_see_gate(actor)):
        return verdict
    assert actor.party is not None  # noqa: S101 - the rule above
    if not actor.party.is_trusted:
        return unmet(_("The creator must be verified first."))
    return can_manage_party(actor, actor.party)


def barred_until(creator_id: int | None) -> date | None:
    """The first day on which a creator may ask again whose permission an operator ended."""
    ended = CartPermission.objects.filter(creator=creator_id, ended_by__isnull=False)
    last = ended.exclude(ended_why=GIVEN_UP).order_by("-ended_at").first()
    if last is None or last.ended_at is None:
        return None
    until = clock.day_of(last.ended_at) + BARRED
    return until if clock.today() < until else None


def can_ask_permission(actor: Actor, missing: list[str]) -> Verdict:
    """`missing`: what the rule in force asks for beside the deposit, in words."""
    if not (verdict := can_act_at_gate(actor)):
        return verdict
    if CartPermission.objects.filter(creator=actor.party, ended_at=None).exists():
        return conflict(_("You have the permission already."))
    if (until := barred_until(actor.party_id)) is not None:
        sentence = _("An operator ended your permission; ask again from %(day)s on.")
        return conflict(str(sentence) % {"day": until.isoformat()})
    if missing:
        return unmet(str(_("Still missing: %(what)s.")) % {"what": "、".join(missing)})
    return ALLOWED


def can_end_permission(actor: Actor, permission: CartPermission, why: str) -> Verdict:
    if not actor.has_perm("catalogue.end_cartpermission"):
        return forbidden(_("Only operators with this right end a permission."))
    if permission.ended_at is not None:
        return conflict(_("This permission has ended already."))
    return flawless(() if why.strip() else [Flaw("why", _("Say why: the creator reads it."))])


def can_report_payment(actor: Actor, due_fen: int) -> Verdict:
    if not (verdict := can_act_at_gate(actor)):
        return verdict
    if _waits(actor.party, MoveKind.PAYMENT):
        return conflict(_("A payment of yours waits for finance already."))
    if due_fen <= 0:
        return conflict(_("Your deposit is complete."))
    return ALLOWED


def can_ask_refund(actor: Actor, balance_fen: int) -> Verdict:
    """By giving up sharing goods: permission and deposit go together."""
    if not (verdict := can_act_at_gate(actor)):
        return verdict
    if balance_fen <= 0:
        return conflict(_("There is no deposit to pay back."))
    if _waits(actor.party, MoveKind.REFUND):
        return conflict(_("A refund waits for finance already."))
    return ALLOWED


def can_propose_move(actor: Actor, creator: Party) -> Verdict:
    if not actor.has_perm("catalogue.propose_depositmove"):
        return forbidden(_("Only finance asks for refunds and penalties."))
    if creator.kind != PartyKind.CREATOR:
        return unmet(_("Only creators have deposits."))
    return ALLOWED


def can_decide_move(actor: Actor, move: DepositMove) -> Verdict:
    """A second person: never who asked for it."""
    if not actor.has_perm("catalogue.approve_depositmove"):
        return forbidden(_("Only finance decides about deposits."))
    if move.status != MoveStatus.PROPOSED:
        return conflict(_("This was decided already."))
    if is_member(actor.user, move.creator):
        return forbidden(_("Nobody decides about a party of their own."))
    if actor.user_id is not None and actor.user_id == move.proposed_by_id:
        return forbidden(_("Who asked for it does not approve it; a second person must."))
    return ALLOWED


def can_withdraw_move(actor: Actor, move: DepositMove) -> Verdict:
    if not actor.speaks_for(move.creator_id) or move.kind == MoveKind.PENALTY:
        return forbidden(_("You do not speak for this party."))
    if not (verdict := can_act_at_gate(actor)):
        return verdict
    if move.status != MoveStatus.PROPOSED:
        return conflict(_("This was decided already."))
    return ALLOWED


def move_is_sound(fields: MoveFields, balance_fen: int, creator: Party) -> Verdict:
    return flawless(_flaws(fields, balance_fen, creator))


def reference_is_sound(reference: str) -> Verdict:
    plain = reference.strip()
    if not plain or len(plain) > MOST_REFERENCE or not plain.isprintable():
        return flawless([Flaw("reference", _("Enter the number of the transfer at your bank."))])
    return ALLOWED


def _flaws(fields: MoveFields, balance_fen: int, creator: Party) -> Iterator[Flaw]:
    if fields.kind not in (MoveKind.REFUND, MoveKind.PENALTY):
        yield Flaw("kind", _("Choose one from the list."))
    if not 0 < fields.amount_fen <= balance_fen:
        yield Flaw("amount_fen", _("Not more than the deposit, and above zero."))
    if not fields.why.strip():
        yield Flaw("why", _("Say why: the creator reads it."))
    if fields.kind == MoveKind.PENALTY and not _is_case(fields.case_id, creator):
        yield Flaw("case_id", _("A penalty follows a case of conduct of this creator."))


def _is_case(case_id: int | None, creator: Party) -> bool:
    return case_id is not None and Case.objects.filter(pk=case_id, party=creator).exists()


def _waits(party: Party | None, kind: MoveKind) -> bool:
    return DepositMove.objects.waiting().filter(creator=party, kind=kind).exists()
