"""Who looks at reconciled days, and who says what became of a difference."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.payouts.models import Part
from portal.reconciliation.documents import find_document
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import BankMatch, Difference, Listing
from portal.reconciliation.models.differences import MOST_WHY
from portal.reconciliation.payouts import SOURCE
from portal.reconciliation.states import Between, DifferenceKind, DifferenceStatus
from portal.revenue.models import BankRow
from portal.settlement.states import StatementStatus

MOST_DOCUMENT = 100  # an address of its page is welcome
NOT_HERE = _(
    "Nothing here has this number. Give that of a posted correction, a statement, a payout batch "
    "or a bank row; what is elsewhere stands in the reason."
)


def can_see_days(actor: Actor) -> Verdict:
    if actor.has_perm("reconciliation.view_day"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors reconcile."))


def can_count_day(actor: Actor) -> Verdict:
    if actor.role == SYSTEM or actor.has_perm("reconciliation.count_day"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people count a day again."))


def can_bring_lists(actor: Actor) -> Verdict:
    if actor.role == SYSTEM or actor.has_perm("reconciliation.add_listing"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people bring an upstream's list in."))


def can_drop_list(actor: Actor, listing: Listing) -> Verdict:
    if not (verdict := can_bring_lists(actor)):
        return verdict
    if listing.dropped_at is not None:
        return conflict(_("This list was dropped already."))
    return ALLOWED


def can_decide_differences(actor: Actor) -> Verdict:
    if actor.role == SYSTEM or actor.has_perm("reconciliation.resolve_difference"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people resolve differences."))


def can_resolve_difference(actor: Actor, difference: Difference) -> Verdict:
    if not (verdict := can_decide_differences(actor)):
        return verdict
    if _brought(actor, difference.bank_row):
        return forbidden(_("Who brought a bank row in does not explain it; a second person must."))
    if difference.status == DifferenceStatus.RESOLVED:
        return conflict(_("This difference is resolved already."))
    if difference.status == DifferenceStatus.GONE:
        return conflict(_("A count no longer finds this difference."))
    return ALLOWED


def can_reopen_difference(actor: Actor, difference: Difference) -> Verdict:
    if not (verdict := can_decide_differences(actor)):
        return verdict
    if difference.status != DifferenceStatus.RESOLVED:
        return conflict(_("Only a resolved difference is opened again."))
    return ALLOWED


def can_match_row(actor: Actor, difference: Difference, row: BankRow | None = None) -> Verdict:
    """A payment that the bank's numbers and names did not find."""
    if not (verdict := can_decide_differences(actor)):
        return verdict
    is_lost = (difference.between, difference.kind) == (Between.BANK, DifferenceKind.MISSING)
    if not is_lost or difference.status == DifferenceStatus.GONE:
        return conflict(_("Only a payment that is missing at the bank is matched by hand."))
    if row is None:
        return ALLOWED
    if _brought(actor, row):
        return forbidden(_("Who brought a bank row in does not match it; a second person must."))
    if BankMatch.objects.filter(row=row, ended_at=None).exists():
        return conflict(_("This bank row is another payment already."))
    if row.amount_fen != difference.expected_fen:
        return conflict(_("The bank row is of another amount."))
    return ALLOWED


def can_end_match(actor: Actor, match: BankMatch) -> Verdict:
    if not (verdict := can_decide_differences(actor)):
        return verdict
    if match.ended_at is not None:
        return conflict(_("This match was taken back already."))
    if _is_closed(match):
        return conflict(_("The statement that it pays is closed. Correct it by an adjustment."))
    return ALLOWED


def _is_closed(match: BankMatch) -> bool:
    parts = Part.objects.filter(statement__status=StatementStatus.CLOSED)
    return match.source == SOURCE and parts.filter(item=int(match.key)).exists()


def flaws_of_resolution(said: Resolution) -> Iterator[Flaw]:
    if not said.why.strip():
        yield Flaw("why", _("Please fill this in."))
    if len(said.why) > MOST_WHY:
        yield Flaw("why", _("At most 300 characters."))
    if len(said.document) > MOST_DOCUMENT:
        yield Flaw("document", _("At most 100 characters."))
    elif said.document.strip() and find_document(said.document) is None:
        yield Flaw("document", NOT_HERE)
    for name in ("why", "document"):
        value = getattr(said, name)
        if not value.isprintable():
            yield Flaw(name, _("Leave out line breaks and other signs that cannot be printed."))


def _brought(actor: Actor, row: BankRow | None) -> bool:
    return row is not None and actor.user_id is not None and row.imported_by_id == actor.user_id
