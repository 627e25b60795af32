"""When a shop was opened: said by its party with a picture, found right or not, looked up by an
operator, or told by the platform itself. What was verified is kept when another day takes over."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.parties import rules
from portal.parties.models import OwnedAccount, ShopOpening
from portal.parties.services.owned import lock_account, proof_file
from portal.parties.services.parties import tell_party
from portal.parties.states import OPENING_TRANSITIONS, OpeningSource, OpeningStatus

DECIDED = ("status", "reason", "decided_at", "decided_by")


@transaction.atomic
def say_opening(
    actor: Actor,
    *,
    account: OwnedAccount,
    opened_on: date,
    screenshot: UploadedFile | uuid.UUID,
) -> ShopOpening:
    """A party's word, with a picture of the back office that shows it: a file, or the id of one's
    own upload."""
    account = lock_account(account)
    rules.can_say_opening(actor, account).require()
    flawless(rules.flaws_of_opening(opened_on)).require()
    opening = ShopOpening(
        account=account,
        opened_on=opened_on,
        source=OpeningSource.SCREENSHOT,
        screenshot=proof_file(actor, account=account, source=screenshot),
        said_at=clock.now(),
    )
    return _write(actor, opening, verb="say_opening")


@transaction.atomic
def withdraw_opening(actor: Actor, *, opening: ShopOpening) -> ShopOpening:
    opening = _lock_opening(opening)
    rules.can_withdraw_opening(actor, opening).require()
    return _change_status(actor, opening, OpeningStatus.WITHDRAWN, verb="withdraw_opening")


@transaction.atomic
def verify_opening(actor: Actor, *, opening: ShopOpening) -> ShopOpening:
    """A reviewer has seen the day in the picture; one that was verified before gives way."""
    opening = _lock_opening(opening)
    rules.can_check_opening(actor, opening).require()
    rules.is_proven_shop(opening.account).require()  # given up meanwhile, it can only be refused
    _replace(actor, opening.account)
    opening.decided_at, opening.decided_by_id = clock.now(), actor.user_id
    _change_status(actor, opening, OpeningStatus.VERIFIED, verb="verify_opening")
    _tell(opening, gettext_noop("%(account)s of %(party)s was opened on %(day)s: found right."))
    return opening


@transaction.atomic
def refuse_opening(actor: Actor, *, opening: ShopOpening, reason: str) -> ShopOpening:
    opening = _lock_opening(opening)
    rules.can_check_opening(actor, opening).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    opening.decided_at, opening.decided_by_id = clock.now(), actor.user_id
    opening.reason = reason.strip()
    _change_status(actor, opening, OpeningStatus.REFUSED, verb="refuse_opening", why=opening.reason)
    _tell(opening, gettext_noop("The opening day of %(account)s was not found right: %(reason)s"))
    return opening


@transaction.atomic
def set_opening(actor: Actor, *, account: OwnedAccount, opened_on: date, note: str) -> ShopOpening:
    """An operator has looked it up, and says where. What waits for an answer is answered by it."""
    account = lock_account(account)
    rules.can_set_opening(actor, account).require()
    flawless([*rules.flaws_of_opening(opened_on), *rules.flaws_of_note(note)]).require()
    for waiting in ShopOpening.objects.to_check().filter(account=account):
        waiting.decided_at, waiting.decided_by_id = clock.now(), actor.user_id
        waiting.reason = str(_("An operator looked the day up: %(day)s.") % {"day": opened_on})
        _change_status(
            actor, waiting, OpeningStatus.REFUSED, verb="refuse_opening", why=waiting.reason
        )
    opening = _verified(actor, account, opened_on, OpeningSource.LOOKED_UP, note.strip())
    _tell(opening, gettext_noop("%(account)s of %(party)s was opened on %(day)s: found right."))
    return opening


def told_by_platform(actor: Actor, *, account: OwnedAccount, opened_on: date) -> None:
    """What came with a proof by signing in, under its lock. A day that cannot be is not kept."""
    known = ShopOpening.objects.verified().filter(account=account, opened_on=opened_on)
    if not flawless(rules.flaws_of_opening(opened_on)) or known.exists():
        return
    _verified(actor, account, opened_on, OpeningSource.SIGN_IN)


def move_openings(actor: Actor, before: QuerySet[OwnedAccount], account: OwnedAccount) -> None:
    """What was said of a shop goes with its newest proof. Of two days, which a merging of parties
    can bring together, the newer counts."""
    said = ShopOpening.objects.filter(account__in=before)
    for older in said.verified().order_by("-decided_at", "pk")[1:]:
        _change_status(actor, older, OpeningStatus.REPLACED, verb="replace_opening")
    for older in said.to_check().order_by("-said_at", "pk")[1:]:
        _change_status(actor, older, OpeningStatus.WITHDRAWN, verb="withdraw_opening")
    said.update(account=account)


# --- pieces ---------------------------------------------------------------------------------------


def _verified(
    actor: Actor, account: OwnedAccount, opened_on: date, source: OpeningSource, note: str = ""
) -> ShopOpening:
    _replace(actor, account)
    now = clock.now()
    opening = ShopOpening(
        account=account,
        opened_on=opened_on,
        source=source,
        note=note,
        status=OpeningStatus.VERIFIED,
        said_at=now,
        decided_at=now,
        decided_by_id=actor.user_id if source == OpeningSource.LOOKED_UP else None,
    )
    return _write(actor, opening, verb="set_opening")


def _replace(actor: Actor, account: OwnedAccount) -> None:
    for earlier in ShopOpening.objects.verified().filter(account=account):
        _change_status(actor, earlier, OpeningStatus.REPLACED, verb="replace_opening")


def _write(actor: Actor, opening: ShopOpening, *, verb: str) -> ShopOpening:
    opening.save(force_insert=True)
    after = {
        "account": str(opening.account_id),
        "opened_on": opening.opened_on.isoformat(),
        "source": opening.source,
    }
    audit.record(actor, verb, opening, after=after, why=opening.note)
    return opening


def _change_status(
    actor: Actor, opening: ShopOpening, status: OpeningStatus, *, verb: str, why: str = ""
) -> ShopOpening:
    if status not in OPENING_TRANSITIONS[opening.status]:
        raise Refused(conflict(_("This is not possible in the day's present state.")))
    before, opening.status = opening.status, status
    opening.save(update_fields=DECIDED)
    audit.record(actor, verb, opening, before={"status": before}, after={"status": status}, why=why)
    return opening


def _lock_opening(opening: ShopOpening) -> ShopOpening:
    account = lock_account(opening.account)
    locked = ShopOpening.objects.get(pk=opening.pk)
    locked.account = account
    return locked


def _tell(opening: ShopOpening, sentence: str) -> None:
    account = opening.account
    tell_party(
        account.party,
        event="owned_account.answered",
        key=f"opening-{opening.status}:{opening.pk}",
        sentence=sentence,
        params={
            "account": account.handle,
            "party": account.party.name,
            "day": opening.opened_on.isoformat(),
            "reason": opening.reason[:200],
        },
        url=opening.get_absolute_url(),
    )
