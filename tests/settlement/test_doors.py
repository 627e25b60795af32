"""Who prepared something does not approve it: one rule, one sentence, whichever door is taken."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal.core.verdict import Refused
from portal.settlement import rules, services
from portal.settlement.models import Adjustment, Run, Statement
from tests.conftest import staff_person
from tests.factories import SYSTEM

from .making import MARCH, is_right, on, papers, sold, statement_of
from .test_adjustments import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """Somebody who may prepare and may approve; never the same thing."""
    return staff_person("finance maker", "finance checker")


@pytest.fixture
def world(merchant, creator, both):
    """March sent and agreed by silence, and a correction that waits; all prepared by `both`."""
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        call_command("settle", month="2026-03", by=both.user.email, verbosity=0)
        made = services.prepare_adjustment(both.actor, fields=fields(creator))
    with on(4, 20):
        services.agree_silent(SYSTEM)
        yield made


def page(person, url):
    return person.browser().post(url).content.decode()


def api(person, url):
    answer = person.browser().post(url, content_type="application/json")
    return json.loads(answer.content)["detail"]


def admin(person, model, action, row):
    url = reverse(f"admin:settlement_{model}_changelist")
    sent = {"action": action, "_selected_action": [row.pk], "confirmed": "1"}
    return person.browser().post(url, sent, follow=True).content.decode()


def command(**options):
    with pytest.raises(CommandError) as error:
        call_command("settle", verbosity=0, **options)
    return str(error.value)


def service(act, *args, **kwargs):
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    return str(error.value.verdict.reason)


def test_four_doors_refuse_the_maker_of_a_settlement(world, creator, both):
    run, statement = Run.objects.get(), statement_of(creator)
    with translation.override("zh-hans"):
        sentence = str(rules.can_approve_run(both.actor, run).reason)
    said = [
        service(services.start_approving, both.actor, run=run),
        service(services.approve_statements, both.actor, run=run),
        service(services.approve_statement, both.actor, statement=statement),
        page(both, reverse("settlement_approval", args=[run.pk])),
        page(both, reverse("statement_approval", args=[statement.number])),
        api(both, reverse("api-settlement-approval", args=[run.pk])),
        api(both, reverse("api-statement-approval", args=[statement.number])),
        admin(both, "run", "approve", run),
        admin(both, "statement", "approve", statement),
        command(month="2026-03", by=both.user.email, approve=True),
    ]
    assert sentence
    assert [one for one in said if sentence not in one] == []
    assert not Statement.objects.exclude(approved_at=None).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.update(approved_by=both.user)


def test_four_doors_refuse_the_maker_of_a_correction(world, both):
    with translation.override("zh-hans"):
        sentence = str(rules.can_approve_adjustment(both.actor, world).reason)
    said = [
        service(services.approve_adjustment, both.actor, adjustment=world),
        page(both, reverse("adjustment_approval", args=[world.pk])),
        api(both, reverse("api-correction-approval", args=[world.pk])),
        admin(both, "adjustment", "approve", world),
        command(by=both.user.email, correction=str(world.pk)),
    ]
    assert sentence
    assert [one for one in said if sentence not in one] == []
    assert Adjustment.objects.get().journal is None


def test_a_second_person_goes_through_every_door(world, creator, checker):
    admin(checker, "adjustment", "approve", world)
    assert Adjustment.objects.get().decided_by == checker.user
    call_command("settle", month="2026-03", by=checker.user.email, approve=True, verbosity=0)
    assert statement_of(creator).approved_by == checker.user
    assert Run.objects.get(month=MARCH).status == "approved"
    assert is_right()


def test_the_command_says_what_is_missing(db, checker):
    assert "2026-03" in command(month="soon", by=checker.user.email)
    assert "mail" in command(month="2026-03", by="nobody@example.com")
    assert "no run" in command(month="2026-03", by=checker.user.email, approve=True)
