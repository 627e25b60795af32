"""Cash of tasks: in the books, on its way, taken back after it was paid; and budgets by two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock, jobs
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import amounts_of
from portal.ledger.selectors import verification as books_checked
from portal.ledger.states import Kind
from portal.payouts.models import Debt
from portal.rewards import selectors, services
from portal.rewards.fields import RevocationFields
from portal.rewards.models import BudgetChange, Pool
from tests.factories import SYSTEM
from tests.rewards.making import BUDGET, REWARD, claimed, finance, season, task_of, went_live

pytestmark = pytest.mark.django_db


def balanced() -> bool:
    checks = (*books_checked(), *selectors.verification())
    return not [check for check in checks if check.wrong]


def paid() -> int:
    return services.pay_some(SYSTEM, parties=services.owed_rewards())


def won(task, party, start):
    claim = claimed(task, party)
    went_live(party, start=start)
    claim.refresh_from_db()
    assert claim.status == "rewarded"
    return claim


def test_what_was_taken_back_after_it_was_paid_is_made_good_by_the_next(creator):
    programme = season()
    party = creator.party
    first = won(task_of(programme), party, 0)
    legs = Entry.objects.filter(journal__key=f"reward/{first.pk}")
    assert {leg.account.kind: leg.amount for leg in legs} == {"reward": REWARD, "growth": -REWARD}
    assert paid() == 1
    assert paid() == 0
    assert Debt.objects.get().amount_fen == REWARD
    assert amounts_of(Kind.PAYING)[party.pk] == REWARD
    services.revoke_claim(SYSTEM, claim=first, fields=RevocationFields("刷单", "reward"))
    assert amounts_of(Kind.REWARD)[party.pk] == -REWARD  # seen, and never cut to zero
    assert balanced()
    won(task_of(programme), party, 10)
    won(task_of(programme, amount_fen=3_000), party, 20)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert paid() == 1
    assert sorted(Debt.objects.values_list("amount_fen", flat=True)) == [3_000, REWARD]
    assert amounts_of(Kind.REWARD)[party.pk] == 0
    assert Journal.objects.filter(cause_type="reward").count() == 4
    assert balanced()


def test_a_budget_is_changed_by_two_and_never_below_what_is_promised(creator):
    programme = season()
    pool = Pool.objects.get(programme=programme, unit="cash")
    maker, checker = finance()
    claimed(task_of(programme), creator.party)
    with pytest.raises(Refused) as caught:
        services.propose_budget(maker.actor, pool=pool, amount=-BUDGET, reason="收回")
    assert [flaw.field for flaw in caught.value.verdict.flaws] == ["amount"]
    change = services.propose_budget(
        maker.actor, pool=pool, amount=-BUDGET + REWARD, reason="收回余额"
    )
    with pytest.raises(Refused):
        services.propose_budget(maker.actor, pool=pool, amount=5, reason="再加")  # one waits
    with pytest.raises(Refused):
        services.approve_budget(maker.actor, change=change)
    services.approve_budget(checker.actor, change=change)
    pool.refresh_from_db()
    assert (pool.budget, pool.free) == (REWARD, 0)
    again = services.propose_budget(maker.actor, pool=pool, amount=REWARD, reason="追加")
    services.refuse_budget(checker.actor, change=again, reason="本季不再追加")
    assert BudgetChange.objects.get(pk=again.pk).status == "refused"
    assert balanced()


def test_many_are_paid_some_at_a_time_and_each_once(creator, provider, monkeypatch):
    """As the job does it; a worker that dies in between is followed by one that goes on."""
    monkeypatch.setattr(services, "PAID_AT_ONCE", 1)
    programme = season()
    for start, person in enumerate((creator, provider)):
        won(task_of(programme), person.party, 10 * start)
    refused_by = creator.actor
    with pytest.raises(Refused):
        services.pay_rewards(refused_by)
    with pytest.raises(Refused):
        services.pay_some(refused_by, parties=services.owed_rewards())
    assert services.pay_some(SYSTEM, parties=services.owed_rewards()[:1]) == 1
    job = services.pay_rewards(SYSTEM)
    with pytest.raises(Refused):
        services.pay_rewards(SYSTEM)
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert sorted(Debt.objects.values_list("party", "amount_fen")) == sorted(
        (person.party.pk, REWARD) for person in (creator, provider)
    )
    entries = AuditEntry.objects.filter(verb="owe")
    assert entries.count() == 2
    assert balanced()
