"""A copy of one's data, being forgotten, closing and merging, with cases of conduct."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.conduct import services
from portal.conduct.models import ActionStep, Case, Hearing, Report
from portal.conduct.personal import tell_reports, tell_statements
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.models import StoredFile
from portal.core.verdict import Refused
from portal.parties import services as parties
from portal.parties.merges import may_merge
from tests import factories
from tests.conduct.making import asked, in_force, notified, report_fields, reported
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def erased(person):
    parties.ask_erasure(person.actor)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert parties.erase_people(system_actor("task")) == 1


def test_copy_tells_what_was_reported_and_said(merchant, provider, operator):
    report = reported(merchant.actor, provider.party)
    case = notified(operator.actor, report)
    services.answer_case(provider.actor, case=case, text="已开播。")
    assert [row["text"] for row in tell_reports(merchant.user)] == [report.text]
    assert [row["text"] for row in tell_statements(provider.user)] == ["已开播。"]
    assert tell_reports(provider.user) == []


def test_words_of_a_reporter_go_and_what_was_shown_stays(stranger, provider, operator):
    report = services.report_conduct(
        stranger.actor,
        party=provider.party,
        fields=report_fields(),
        evidence=[factories.picture(), factories.picture()],
    )
    shown = report.evidence.order_by("created_at").first()
    services.notify_case(operator.actor, case=report.case, charge="指控", evidence=[shown.pk])
    erased(stranger)
    assert Report.objects.get().text == "—"
    kept = StoredFile.objects.alive().filter(purpose="conduct-report")
    assert list(kept) == [shown]


def test_words_of_a_natural_person_in_their_case_go(merchant, creator, operator):
    report = reported(merchant.actor, creator.party)
    case = in_force(operator.actor, report)
    action = asked(operator.actor, case)
    services.hand_in_action(creator.actor, action=action, text="我本人已改。")
    services.accept_action(operator.actor, action=action, reason="好。")
    parties.close_party(creator.actor, party=creator.party)
    erased(creator)
    assert set(ActionStep.objects.exclude(text="").values_list("text", flat=True)) == {"—"}
    assert Case.objects.get().charge == "—"
    assert not Hearing.objects.exists()


def test_party_is_not_closed_out_of_a_running_case(merchant, provider, operator):
    notified(operator.actor, reported(merchant.actor, provider.party))
    with pytest.raises(Refused) as caught:
        parties.close_party(provider.actor, party=provider.party)
    assert caught.value.verdict.status == 409


def test_secret_report_keeps_no_party_from_closing(merchant, provider):
    reported(merchant.actor, provider.party)
    assert parties.close_party(provider.actor, party=provider.party).status == "closed"


def test_same_undecided_case_of_both_refuses_the_merge(merchant, provider, rival):
    reported(merchant.actor, provider.party)
    assert may_merge(provider.party, rival.party)
    reported(merchant.actor, rival.party)
    assert not may_merge(provider.party, rival.party)
    services.dismiss_case(SYSTEM, case=Case.objects.get(party=rival.party), reason="没有证据。")
    assert may_merge(provider.party, rival.party)
