"""What comes before the first payout: consent, sub-account, trial transfer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.refusing import refusing
from portal.core.verdict import ALLOWED, Flaw, Refused, Verdict, conflict, flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party, PayoutAccount
from portal.parties.services import lock_party
from portal.payouts import rules
from portal.payouts.models import Enrolment, TrialTransfer
from portal.payouts.services.telling import ACCOUNT_PAGE, tell_payees
from portal.payouts.states import TRIAL_CAUSE, TRIAL_TRANSITIONS, TrialStatus

MOST = 500


@transaction.atomic
def consent_to_split(actor: Actor, *, party: Party) -> Enrolment:
    """The institution may split the party's share off each order and pay it to its account."""
    party = lock_party(party)
    rules.can_consent_to_split(actor, party).require()
    enrolment = Enrolment.objects.create(
        party=party, consented_at=clock.now(), consented_by=actor.user
    )
    audit.record(actor, "consent_to_split", enrolment)
    return enrolment


@transaction.atomic
def open_sub_account(actor: Actor, *, enrolment: Enrolment, number: str) -> Enrolment:
    """The institution opened it; from now on the party's money has its own place there."""
    party = lock_party(enrolment.party)
    enrolment = Enrolment.objects.get(pk=party.pk)
    enrolment.party = party
    rules.can_open_sub_account(actor, enrolment).require()
    flawless(rules.flaws_of_sub_account(number)).require()
    enrolment.sub_account = number.strip()
    enrolment.opened_at, enrolment.opened_by = clock.now(), actor.user
    taken = flawless([Flaw("sub_account", _("Another party has this sub-account."))])
    with refusing({"enrolment_sub_account_once": taken}):
        enrolment.save(update_fields=["sub_account", "opened_at", "opened_by"])
    audit.record(actor, "open_sub_account", enrolment, after={"sub_account": number.strip()})
    sentence = gettext_noop("The institution opened the sub-account of %(party)s.")
    tell_payees(
        party,
        event="transfer.enrolled",
        key=f"enrolled:{party.pk}",
        sentence=sentence,
        params={"party": party.name},
        url=ACCOUNT_PAGE,
    )
    return enrolment


@transaction.atomic
def send_trial(
    actor: Actor, *, account: PayoutAccount, amount_fen: int, reference: str
) -> TrialTransfer:
    """Finance has sent a few fen of the platform's own; the party says how many."""
    account.party = lock_party(account.party)
    account.refresh_from_db(fields=["status", "held_until"])
    rules.can_send_trial(actor, account).require()
    flawless(rules.flaws_of_trial(amount_fen, reference)).require()
    now, terms = clock.now(), rules.terms_of_payouts()
    trial = TrialTransfer(
        account=account,
        amount_fen=amount_fen,
        reference=reference.strip(),
        sent_at=now,
        sent_by=actor.user,
        due_at=now + timedelta(days=terms.trial_days),
    )
    known = flawless([Flaw("reference", _("A transfer with this number is known already."))])
    with refusing({"trial_reference_once": known}):
        trial.save(force_insert=True)
    _post(actor, trial)
    # Never the amount: who reads the trail could answer for the party.
    audit.record(actor, "send_trial", trial, after={"account": str(account.pk)})
    _tell(
        trial,
        "sent",
        gettext_noop(
            "A few fen are on their way to the account ending in %(last4)s. Say how many "
            "came, by %(day)s; then the party can be paid."
        ),
    )
    return trial


@transaction.atomic
def confirm_trial(actor: Actor, *, trial: TrialTransfer, amount_fen: int) -> Verdict:
    """Whether this is what came. A verdict, no refusal raised: a wrong try must stay counted."""
    party = lock_party(trial.account.party)
    trial = TrialTransfer.objects.select_related("account").get(pk=trial.pk)
    trial.account.party = party
    rules.can_confirm_trial(actor, trial).require()
    trial.tries += 1
    if amount_fen == trial.amount_fen:
        _end(actor, trial, TrialStatus.CONFIRMED, "confirm_trial")
        return ALLOWED
    left = rules.terms_of_payouts().trial_tries - trial.tries
    if left <= 0:
        _end(actor, trial, TrialStatus.FAILED, "fail_trial")
        return conflict(_("That is not what was sent, and this was the last try. Ask finance."))
    trial.save(update_fields=["tries"])
    audit.record(actor, "miss_trial", trial, after={"tries": trial.tries})
    sentence = _("That is not what was sent. Tries left: %(n)s.")
    return flawless([Flaw("amount", str(sentence) % {"n": left})])


def sweep_trials(actor: Actor) -> int:
    """Those that nobody answered in time; how many ended."""
    late = TrialTransfer.objects.filter(status=TrialStatus.SENT, due_at__lte=clock.now())
    return sum(_expire(actor, pk) for pk in list(late.values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def _expire(actor: Actor, pk: UUID) -> bool:
    trial = TrialTransfer.objects.select_related("account__party").get(pk=pk)
    lock_party(trial.account.party)
    trial.refresh_from_db(fields=["status"])
    if trial.status != TrialStatus.SENT:
        return False
    _end(actor, trial, TrialStatus.FAILED, "fail_trial")
    return True


def _end(actor: Actor, trial: TrialTransfer, status: TrialStatus, verb: str) -> None:
    if status not in TRIAL_TRANSITIONS[trial.status]:
        raise Refused(conflict(_("This trial transfer is answered already.")))
    before, trial.status = trial.status, status
    trial.ended_at, trial.ended_by = clock.now(), actor.user
    trial.save(update_fields=["status", "tries", "ended_at", "ended_by"])
    audit.record(actor, verb, trial, before={"status": before}, after={"status": status})
    if status == TrialStatus.CONFIRMED:
        _tell(trial, "confirmed", gettext_noop("The account ending in %(last4)s is confirmed."))
    else:
        _tell(
            trial,
            "failed",
            gettext_noop(
                "The trial transfer to the account ending in %(last4)s was not confirmed; "
                "finance sends another one."
            ),
        )


def _post(actor: Actor, trial: TrialTransfer) -> None:
    """Out of the platform's own fees."""
    own, away = (Place(None, kind, Track.SETTLED) for kind in (Kind.FEES, Kind.CLEARING))
    accounts = open_accounts(actor, places=[own, away])
    amount = trial.amount_fen
    posting = Posting(
        key=f"trial/{trial.pk}",
        cause_type=TRIAL_CAUSE,
        cause_id=str(trial.pk),
        occurred_at=trial.sent_at,
        text=f"{trial.reference} {Money(amount)}",
        legs=[Leg(accounts[own], -amount, "trial"), Leg(accounts[away], amount, "trial")],
    )
    post(actor, posting=posting)


def _tell(trial: TrialTransfer, what: str, sentence: str) -> None:
    tell_payees(
        trial.account.party,
        event=f"transfer.trial_{what}",
        key=f"trial-{what}:{trial.pk}",
        sentence=sentence,
        params={
            "last4": trial.account.last4,
            "day": clock.day_of(trial.due_at).isoformat(),
        },
        url=ACCOUNT_PAGE,
    )
