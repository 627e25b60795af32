"""Machines of an agency hear of its stars, mark and framework; and what the clock refuses."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.audit import trail
from portal.notices.models import Notice
from portal.tiers import rules, services
from portal.tiers.certification_fields import CheckFields, ObjectionFields
from portal.tiers.certification_states import PaperKind, PapersAnswer
from portal.tiers.fields import ApplicationFields
from portal.tiers.models import StarStanding, StarWindow
from portal.webhooks import catalogue
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from portal.webhooks.services import make_webhook
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.tiers.certifying import (
    REFUSE,
    again,
    checked,
    close,
    drafted,
    open_round,
    paper_fields,
    published,
    reviewed,
    rival_agency,
    staff,
    submitted,
    worthy,
)
from tests.tiers.frameworks.making import run_now
from tests.tiers.making import as_of_now

pytestmark = pytest.mark.django_db
STEMS = ("stars.", "certification.", "framework.")
EVENTS = sorted(name for name in catalogue.event_names() if name.startswith(STEMS))
ASK = CheckFields(PapersAnswer.ASK, "执照看不清。")


def listening(*people):
    for person in people:
        fields = WebhookFields("https://8.8.8.8/hook", EVENTS)
        make_webhook(person.actor, party=person.party, fields=fields)


def told(person):
    rows = Event.objects.filter(party=person.party, type__startswith=STEMS[1]).order_by("at")
    return [(one.type.partition(".")[2], one.data["status"]) for one in rows]


def test_what_was_asked_and_did_not_come_is_refused_by_the_clock(agency):
    worthy(agency.party)
    round_, operator = open_round(), staff("operator")
    application = submitted(agency, round_)
    late = checked_with(operator, application, ASK)
    assert services.lapse_certifications(SYSTEM) == 0  # the day itself still counts
    with clock.standing_at(clock.now() + timedelta(days=(late.due_on - clock.today()).days)):
        assert services.lapse_certifications(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(days=30)):
        refused = rules.can_publish_certification_round(SYSTEM, close(round_))
        assert not refused  # nobody has decided
        assert services.lapse_certifications(SYSTEM) == 1
        assert services.lapse_certifications(SYSTEM) == 0
        assert rules.can_publish_certification_round(SYSTEM, close(round_))
        lapsed = again(application)
        assert (lapsed.status, lapsed.due_on) == ("refused", None)
        assert lapsed.reason == f"要求补充的材料未在 {late.due_on} 前补齐：执照看不清。"
        assert rules.can_object_to_refusal(agency.actor, lapsed)
    notice = Notice.objects.get(event="certification.refused")
    assert lapsed.reason in str(notice.params)
    last = trail(application).last()
    assert (last.verb, last.why, last.user_id) == ("lapse_certification", lapsed.reason, None)


def test_what_comes_before_the_clock_looks_is_taken(agency):
    worthy(agency.party)
    application = checked_with(staff("operator"), submitted(agency, open_round()), ASK)
    with clock.standing_at(clock.now() + timedelta(days=12)):
        services.submit_certification(agency.actor, application=application)
        assert services.lapse_certifications(SYSTEM) == 0
    assert again(application).status == "submitted"


def checked_with(operator, application, fields):
    return services.check_certification(operator.actor, application=application, fields=fields)


def test_machines_hear_of_each_step_of_the_mark(agency):
    worthy(agency.party)
    other = rival_agency("远山传媒", 10**11)
    listening(agency, other)
    round_, operator = open_round(places=1), staff("operator")
    application = submitted(agency, round_)
    checked_with(operator, application, ASK)
    licence = paper_fields(PaperKind.LICENCE)
    services.add_certification_paper(agency.actor, application=application, fields=licence)
    services.submit_certification(agency.actor, application=again(application))
    checked(again(application), operator)
    drafted(other, round_)  # a draft is nobody's business
    services.score_certification_round(SYSTEM, round_=close(round_))
    reviewed(again(application), REFUSE, REFUSE)
    appeal = services.object_to_refusal(
        agency.actor, application=again(application), fields=ObjectionFields("附合同。")
    )
    decide = services.decide_objection
    decide(staff().actor, appeal=appeal, grants=True, sentence="合同属实。")
    published(again(application).round)
    services.give_up_mark(agency.actor, mark=again(application).mark)
    assert told(agency) == [
        ("submitted", "submitted"),
        ("asked", "need_info"),
        ("submitted", "submitted"),
        ("refused", "refused"),
        ("objection", "filed"),
        ("objection", "granted"),
        ("granted", "granted"),
        ("ended", "lapsed"),
    ]
    assert told(other) == []
    granted = Event.objects.get(type="certification.granted")
    assert granted.data["score"] == pytest.approx(again(application).score)
    assert granted.data.keys() == example_of("certification.granted").keys()
    assert json.dumps(granted.data)


def test_list_says_what_to_do_where_nobody_is_called_so(visitor):
    assert "没有名称含“无此机构”的" in visitor.get("/certification/holders/?q=无此机构").text
    assert "首届结果公布后" in visitor.get("/certification/holders/").text


def test_machines_hear_of_stars_and_frameworks(agency):
    listening(agency)
    review = as_of_now(
        agency.party, before=0, result=0, reached=1, creators=16, net_fen=250_000_000
    )
    application = services.apply_for_star(agency.actor, review=review, fields=ApplicationFields())
    operator = staff("operator")
    services.grant_star(operator.actor, application=application, reason="数据达到。")
    days = ("opens_on", "closes_on", "announces_on", "effective_on")
    moved = {name: clock.today() - timedelta(days=9 - n) for n, name in enumerate(days)}
    StarWindow.objects.filter(pk=review.window_id).update(**moved)
    services.announce_due(SYSTEM)
    services.bring_into_effect(SYSTEM)
    StarStanding.objects.filter(party=agency.party).update(stars=5)  # which brings a framework
    run_now(staff_person("operator"), agency)
    rows = list(Event.objects.filter(party=agency.party))
    kinds = sorted(one.type for one in rows)
    assert kinds == [
        "framework.begun",
        "framework.proposed",
        "framework.signed",
        "stars.announced",
        "stars.application",
        "stars.application",
        "stars.effective",
    ]
    for one in rows:
        assert one.data.keys() == example_of(one.type).keys()
        assert one.data["agency"] == agency.party.pk


def example_of(name):
    return next(one.example for one in catalogue.events() if one.name == name)
