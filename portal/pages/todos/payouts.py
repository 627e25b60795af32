"""Trial transfers that the party is to confirm, payouts the bank returned, and the batches that
wait for finance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import PAYING
from portal.payouts.models import Batch, Item, TrialTransfer
from portal.payouts.states import BatchStatus, TrialStatus

MOST = 10
NEWS = timedelta(days=14)  # a return is told of so long


def payout_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who handle the party's money, and the platform's finance people."""
    if actor.has_perm("payouts.approve_batch"):
        rows = Batch.objects.filter(status=BatchStatus.PREPARED).order_by("prepared_at")
        yield Waiting(rows[:MOST], lambda batch: _batch(batch, _("Approve a payout batch")))
    if actor.has_perm("payouts.send_batch"):
        rows = Batch.objects.filter(status=BatchStatus.APPROVED).order_by("approved_at")
        yield Waiting(rows[:MOST], lambda batch: _batch(batch, _("Send a payout batch")))
    if actor.party is None or actor.role not in PAYING:
        return
    own = TrialTransfer.objects.visible_to(actor).filter(status=TrialStatus.SENT)
    yield Waiting(own.select_related("account").order_by("due_at")[:MOST], _trial)
    returned = Item.objects.visible_to(actor).to_retry()
    news = returned.filter(ended_at__gt=clock.now() - NEWS).select_related("account")
    yield Waiting(news.order_by("-pk")[:MOST], _returned)


def _batch(batch: Batch, title: str) -> Todo:
    url = batch.get_absolute_url()
    return Todo(title, f"{batch.number} · {batch.purpose}", url, _("Look"), is_urgent=True)


def _trial(trial: TrialTransfer) -> Todo:
    return dated(
        clock.day_of(trial.due_at),
        title=_("Say how much the trial transfer was"),
        detail=f"{trial.account.bank} ···· {trial.account.last4}",
        url=reverse("payout_account"),
        verb=_("Enter it"),
    )


def _returned(item: Item) -> Todo:
    amount = Money(item.amount_fen).short
    detail = f"{amount} · {item.reason}"
    url = item.get_absolute_url()
    return Todo(_("The bank returned a payout"), detail, url, _("Look"), is_urgent=True)
