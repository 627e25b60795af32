"""Agreement templates: kept by a party or the house, and never forced upon the other side."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.models import AgreementTemplate, Amendment, Obligation
from matchmaking.needs.services import accept_proposal
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from tests import factories

pytestmark = pytest.mark.django_db
DUTIES = (DutyFields("寄出首批样品", "merchant", 3), DutyFields("交首月排期", "provider", 5))
FIELDS = TemplateFields(
    "日常自播", "含脚本与场控。", "2 小时内回复。", notice_days=15, payment_day=10, duties=DUTIES
)


@pytest.fixture
def template(merchant):
    return services.create_template(merchant.actor, fields=FIELDS)


@pytest.fixture
def proposal(merchant, provider):
    return factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))


def refused(status, service, *args, **kwargs):
    before = list(AgreementTemplate.objects.order_by("pk").values()), AuditEntry.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    after = list(AgreementTemplate.objects.order_by("pk").values()), AuditEntry.objects.count()
    assert after == before


def test_acceptance_with_a_template_asks_the_other_side(merchant, provider, template, proposal):
    made = accept_proposal(merchant.actor, proposal=proposal, template=template)
    made.refresh_from_db()
    assert (made.notice_days, made.payment_day, made.service_level) == (30, None, "")
    ours, theirs = Obligation.objects.order_by("due_on")
    assert (ours.owed_by, ours.status) == (merchant.party, "open")
    assert (theirs.owed_by, theirs.status) == (provider.party, "asked")
    assert (ours.due_on - made.starts_on).days == 3
    change = Amendment.objects.get()
    services.accept_amendment(provider.actor, amendment=change)
    made.refresh_from_db()
    assert (made.notice_days, made.payment_day, made.service_level) == (15, 10, "2 小时内回复。")
    assert made.scope.endswith("含脚本与场控。")
    assert made.version == 2


def test_other_side_declines_and_the_award_stands(merchant, provider, template, proposal):
    made = accept_proposal(merchant.actor, proposal=proposal, template=template)
    services.decline_amendment(provider.actor, amendment=Amendment.objects.get())
    made.refresh_from_db()
    assert (made.status, made.notice_days, made.version) == ("accepted", 30, 1)


def test_provider_puts_the_houses_on_the_table(merchant, provider, proposal):
    made = accept_proposal(merchant.actor, proposal=proposal)
    house = AgreementTemplate.objects.house().get(name="直播代运营")
    services.apply_template(provider.actor, cooperation=made, template=house)
    owed = {row.title: row.status for row in Obligation.objects.all()}
    assert owed["交首月复盘"] == "open"
    assert owed["寄出首批样品"] == "asked"
    refused(409, services.apply_template, merchant.actor, cooperation=made, template=house)


def test_somebody_elses_or_a_hidden_one_cannot_be_used(
    merchant, provider, rival, template, proposal
):
    made = accept_proposal(merchant.actor, proposal=proposal)
    refused(403, services.apply_template, provider.actor, cooperation=made, template=template)
    refused(403, services.apply_template, rival.actor, cooperation=made, template=template)
    AgreementTemplate.objects.house().update(is_shown=False)
    hidden = AgreementTemplate.objects.house().first()
    refused(403, services.apply_template, merchant.actor, cooperation=made, template=hidden)


def test_only_its_managers_change_a_template(merchant, colleague, provider, template):
    for person in (colleague, provider):
        refused(403, services.update_template, person.actor, template=template, fields=FIELDS)
        refused(403, services.remove_template, person.actor, template=template)
    refused(
        409, services.update_template, merchant.actor, template=template, fields=FIELDS, version=9
    )
    done = services.update_template(
        merchant.actor, template=template, fields=TemplateFields("日常自播", notice_days=7)
    )
    assert (done.version, done.duties) == (2, [])
    services.remove_template(merchant.actor, template=done)
    assert not AgreementTemplate.objects.owned_by(merchant.actor).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"name": "长" * 41},
        {"notice_days": 0},
        {"notice_days": 181},
        {"payment_day": 29},
        {"scope": "x" * 2_001},
        {"duties": [DutyFields("", "merchant", 1)]},
        {"duties": [DutyFields("寄样", "platform", 1)]},
        {"duties": [DutyFields("寄样", "merchant", 366)]},
        {"duties": [DutyFields(f"寄样 {n}", "merchant", 1) for n in range(9)]},
    ],
)
def test_unsound_template_is_not_kept(merchant, changes):
    fields = TemplateFields(**({"name": "日常"} | changes))
    refused(422, services.create_template, merchant.actor, fields=fields)


def test_name_stands_once(merchant, provider, template):
    refused(422, services.create_template, merchant.actor, fields=FIELDS)
    services.create_template(provider.actor, fields=FIELDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementTemplate.objects.filter(pk=template.pk).update(notice_days=0)


def test_house_writes_for_everybody(operator, merchant):
    refused(
        403,
        services.save_house_template,
        merchant.actor,
        template=None,
        fields=FIELDS,
        is_shown=True,
    )
    made = services.save_house_template(operator.actor, template=None, fields=FIELDS, is_shown=True)
    assert made in AgreementTemplate.objects.usable_by(merchant.actor)
    browser = operator.browser()
    address = f"/admin/cooperation/agreementtemplate/{made.pk}/change/"
    body = {
        "name": "改名",
        "scope": "",
        "service_level": "",
        "notice_days": "20",
        "payment_day": "",
        "duties": '[{"title": "寄样", "by": "merchant", "days": 1}]',
    }
    assert browser.post(address, body | {"duties": '[{"by": 1}]'}).status_code == 200
    assert browser.post(address, body).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.version, made.is_shown) == ("改名", 2, False)
    assert AuditEntry.objects.filter(verb="save_house_template").count() == 2


def test_page_keeps_changes_and_uses_a_template(merchant, provider, proposal):
    browser = merchant.browser()
    house = AgreementTemplate.objects.house().get(name="短视频制作")
    begun = browser.get(f"/agreement-templates/new/?from={house.pk}").content.decode()
    assert "寄出样品与卖点资料" in begun
    typed = {"name": "我们的", "notice_days": "30", "duty_1": "寄样", "by_1": "merchant"}
    typed |= {"days_1": "2"}
    assert browser.post("/agreement-templates/new/", typed).status_code == 302
    own = AgreementTemplate.objects.owned_by(merchant.actor).get()
    assert own.duties == [{"title": "寄样", "by": "merchant", "days": 2}]
    stale = browser.post(own.get_absolute_url(), typed | {"version": "9"})
    assert stale.status_code == 200
    chosen = {"version": "1", "template": str(own.pk)}
    answer = browser.post(f"/proposals/{proposal.pk}/acceptance/", chosen)
    assert answer.status_code == 302
    assert Obligation.objects.get().title == "寄样"
    page = provider.browser().get(answer.url).content.decode()
    assert "寄样" in page


def test_api_keeps_and_uses(merchant, provider, proposal):
    browser = merchant.browser()
    body = {"name": "接口", "notice_days": 10, "duties": [{"title": "寄样", "by": "merchant"}]}
    made = browser.post("/api/v1/agreement-templates/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    answer = browser.post(
        f"/api/v1/proposals/{proposal.pk}/acceptance/",
        {"version": 1, "template": key},
        content_type="application/json",
    )
    assert answer.status_code == 201, answer.content
    assert Amendment.objects.get().after["notice_days"] == 10
    gone = browser.delete(f"/api/v1/agreement-templates/{key}/")
    assert (gone.status_code, gone.json()["name"]) == (200, "接口")
