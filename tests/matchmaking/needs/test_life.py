"""Whatever people do in whatever order, a need and its proposals live a life that makes sense."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core.models import AuditEntry
from portal.core.verdict import ALLOWED, Refused
from tests import factories
from tests.conftest import person_of

PROVIDERS = 3
reasons = st.sampled_from(list(LossReason))
providers = st.integers(0, PROVIDERS - 1)


class NeedLife(RuleBasedStateMachine):
    """One merchant and three providers. Each life runs in a transaction that is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(is_open=st.booleans())
    def begin(self, is_open: bool) -> None:
        self.merchant = person_of(factories.listed_party("merchant", "谷雨粒食品")).actor
        self.providers = [
            person_of(factories.listed_party("provider", f"服务商{n}")).actor
            for n in range(PROVIDERS)
        ]
        make = factories.open_need if is_open else factories.draft_need
        self.need = make(self.merchant)

    def attempt(self, service, *args, **kwargs) -> None:
        """Either it is done, with an audit row for each row it changed, or nothing changes."""
        before, entries = self.statuses(), AuditEntry.objects.count()
        verdict = ALLOWED
        try:
            service(*args, **kwargs)
        except Refused as refused:
            verdict = refused.verdict
        written = AuditEntry.objects.count() - entries
        if verdict:
            now = self.statuses()
            assert written >= len([key for key in now if before.get(key) != now[key]])
        else:
            assert str(verdict.reason)
            assert (self.statuses(), written) == (before, 0)

    def statuses(self) -> dict[str, str]:
        found = {f"need {n.pk}": n.status for n in Need.objects.all()}
        found |= {f"proposal {p.pk}": p.status for p in Proposal.objects.all()}
        return found | {f"cooperation {c.pk}": c.status for c in Cooperation.objects.all()}

    def proposal(self, number: int) -> Proposal | None:
        return Proposal.objects.filter(provider=self.providers[number].party_id).first()

    @rule()
    def publish(self) -> None:
        self.attempt(services.publish_need, self.merchant, need=self.need)

    @rule(number=providers)
    def invite(self, number: int) -> None:
        party = self.providers[number].party
        self.attempt(services.invite_provider, self.merchant, need=self.need, provider=party)

    @rule(number=providers)
    def draft(self, number: int) -> None:
        fields = factories.proposal_fields()
        actor = self.providers[number]
        self.attempt(services.draft_proposal, actor, need=self.need, fields=fields)

    @rule(number=providers)
    def submit(self, number: int) -> None:
        fields = factories.proposal_fields()
        actor = self.providers[number]
        self.attempt(services.submit_proposal, actor, need=self.need, fields=fields)

    @rule(number=providers)
    def shortlist(self, number: int) -> None:
        if proposal := self.proposal(number):
            self.attempt(services.shortlist_proposal, self.merchant, proposal=proposal)

    @rule(number=providers)
    def accept(self, number: int) -> None:
        if proposal := self.proposal(number):
            self.attempt(services.accept_proposal, self.merchant, proposal=proposal)

    @rule(number=providers, reason=reasons)
    def decline(self, number: int, reason: LossReason) -> None:
        if proposal := self.proposal(number):
            self.attempt(services.decline_proposal, self.merchant, proposal=proposal, reason=reason)

    @rule(number=providers, reason=reasons)
    def withdraw(self, number: int, reason: LossReason) -> None:
        if proposal := self.proposal(number):
            actor = self.providers[number]
            self.attempt(services.withdraw_proposal, actor, proposal=proposal, reason=reason)

    @rule(chance=st.integers(0, 5))
    def cancel(self, chance: int) -> None:
        if chance == 0:  # rarely, or no life would go far
            self.attempt(services.cancel_need, self.merchant, need=self.need)

    @invariant()
    def makes_sense(self) -> None:
        if not hasattr(self, "need"):
            return
        need = Need.objects.get(pk=self.need.pk)
        proposals = list(Proposal.objects.select_related("cooperation"))
        accepted = [p for p in proposals if p.status == ProposalStatus.ACCEPTED]
        assert len(accepted) == Cooperation.objects.count() == (need.status == NeedStatus.AWARDED)
        assert all((p.cooperation is not None) == (p in accepted) for p in proposals)
        if need.status in {NeedStatus.AWARDED, NeedStatus.CANCELLED}:
            assert not [p for p in proposals if p.status in states.LIVE]
        lost = {ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN, ProposalStatus.EXPIRED}
        assert all(bool(p.reason) == (p.status in lost) for p in proposals)
        assert all((p.ended_at is not None) == (p.status in lost) for p in proposals)
        if need.status == NeedStatus.OPEN:
            assert not [p for p in proposals if p.submitted_at]
        if need.status == NeedStatus.DRAFT:
            assert not proposals


@pytest.mark.django_db
def test_life_of_a_need_always_makes_sense():
    run_state_machine_as_test(
        NeedLife,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
        ),
    )
