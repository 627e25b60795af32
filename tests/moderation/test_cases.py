"""Words that are refused, texts that wait for a person, appeals decided by another one."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services as needs
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.moderation import services
from portal.moderation.models import Case, Word
from portal.moderation.selectors import passed_pictures
from portal.moderation.states import TRANSITIONS, CaseState
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.models import Party
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
HELD = "我们的茶最好喝。"


def fields_of(party, **changes):
    known = {"uscc": party.uscc, "legal_name": party.legal_name} | changes
    return factories.party_fields(party.name, **known)


def say(person, intro):
    fields = fields_of(person.party, intro=intro)
    provider = factories.provider_fields() if person.party.kind == "provider" else None
    return parties.update_party(person.actor, party=person.party, fields=fields, provider=provider)


@pytest.fixture
def other(db):
    return staff_person("operator")


# --- words that are refused at once ---------------------------------------------------------------


@pytest.mark.parametrize("intro", ["国家级品质", "国 家*级品质", "加薇信 abc", "打 138 0000 1111"])
def test_banned_words_are_refused_at_their_field(merchant, intro):
    with pytest.raises(Refused) as refused:
        say(merchant, intro)
    verdict = refused.value.verdict
    assert (verdict.status, [flaw.field for flaw in verdict.flaws]) == (422, ["intro"])
    assert Party.objects.get(pk=merchant.party.pk).intro == ""


def test_sentence_names_the_word_as_it_was_written(merchant, client):
    with pytest.raises(Refused) as refused:
        say(merchant, "本店是国 家 级品质")
    assert "国 家 级" in str(refused.value.verdict.reason)


@pytest.mark.parametrize("field", ["title", "brief"])
def test_needs_are_read_too(merchant, field):
    with pytest.raises(Refused):
        factories.draft_need(merchant.actor, **{field: "找全网第一的服务商"})


@pytest.mark.parametrize("field", ["plan", "team"])
def test_proposals_are_read_too(merchant, provider, field):
    need = factories.open_need(merchant.actor)
    with pytest.raises(Refused):
        factories.submitted_proposal(provider.actor, need, **{field: "代刷单"})


def test_operator_lists_a_word_and_it_is_found_at_once(merchant, operator):
    client = operator.browser()
    word = {"text": "神奇水", "category": "goods", "level": "banned"}
    assert client.post("/admin/moderation/word/add/", word).status_code == 302
    assert AuditEntry.objects.get(verb="save_word").user == operator.user
    with pytest.raises(Refused):
        say(merchant, "卖神奇水")
    again = client.post("/admin/moderation/word/add/", word | {"text": "神 奇 水"})
    assert again.status_code == 200  # listed already, however written
    Word.objects.filter(text="神奇水").update(level="allowed", changed_at=clock.now())
    say(merchant, "卖神奇水")


# --- texts that wait for a person -----------------------------------------------------------------


def test_held_text_is_seen_by_its_party_only(provider, client):
    say(provider, HELD)
    case = Case.objects.get()
    assert (case.field, case.words, case.state) == ("intro", ["最好"], "open")
    public = f"/providers/{provider.party.pk}/"
    assert HELD not in client.get(public).content.decode()
    assert HELD not in client.get(f"/api/v1{public}").content.decode()
    assert HELD in provider.browser().get(f"/parties/{provider.party.pk}/").content.decode()


def test_passed_text_is_shown_and_stays_passed(provider, operator, client):
    say(provider, HELD)
    services.pass_case(operator.actor, case=Case.objects.get())
    assert HELD in client.get(f"/providers/{provider.party.pk}/").content.decode()
    assert Notice.objects.filter(user=provider.user, event="moderation.passed").count() == 1
    say(provider, HELD)
    assert Case.objects.get().state == "passed"
    assert HELD in client.get(f"/providers/{provider.party.pk}/").content.decode()


def test_changed_text_drops_the_case_and_its_return_reopens_it(provider, operator, client):
    say(provider, HELD)
    services.refuse_case(operator.actor, case=Case.objects.get(), reason="绝对化用语")
    say(provider, "我们的茶好喝。")
    assert Case.objects.get().state == "dropped"
    assert "我们的茶好喝。" in client.get(f"/providers/{provider.party.pk}/").content.decode()
    say(provider, HELD)
    assert Case.objects.get().state == "refused"
    assert HELD not in client.get(f"/providers/{provider.party.pk}/").content.decode()


def test_held_need_is_published_once_it_is_passed(merchant, operator):
    need = factories.draft_need(merchant.actor, brief="想把店做到最好。")
    with pytest.raises(Refused) as refused:
        needs.publish_need(merchant.actor, need=need)
    assert refused.value.verdict.status == 409
    services.pass_case(operator.actor, case=Case.objects.get())
    assert needs.publish_need(merchant.actor, need=need).status == "open"


# --- the decision and the appeal ------------------------------------------------------------------


def refused_case(person, operator):
    say(person, HELD)
    return services.refuse_case(operator.actor, case=Case.objects.get(), reason="绝对化用语")


def test_refusal_tells_why_and_is_appealed_once(merchant, operator):
    case = refused_case(merchant, operator)
    notice = Notice.objects.get(user=merchant.user, event="moderation.refused")
    assert "绝对化用语" in notice.text
    client = merchant.browser()
    assert client.post(notice.url, {"text": ""}).status_code == 200
    assert client.post(notice.url, {"text": "这是顾客的原话"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.appeal) == ("appealed", "这是顾客的原话")
    with pytest.raises(Refused):
        services.appeal_case(merchant.actor, case=case, text="再来")


def test_appeal_is_decided_by_somebody_else(merchant, operator, reviewer):
    case = refused_case(merchant, operator)
    services.appeal_case(merchant.actor, case=case, text="原话")
    with pytest.raises(Refused) as refused:
        services.decide_appeal(operator.actor, case=case, is_upheld=True, reason="还是不行")
    assert refused.value.verdict.status == 403
    services.decide_appeal(reviewer.actor, case=case, is_upheld=False, reason="可以")
    case.refresh_from_db()
    assert (case.state, case.second_by) == ("reversed", reviewer.user)
    assert not Party.objects.get(pk=merchant.party.pk).intro_held


def test_database_wants_the_second_person(merchant, operator):
    case = refused_case(merchant, operator)
    services.appeal_case(merchant.actor, case=case, text="原话")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(
            state="upheld", second_by=operator.user, second_at=clock.now(), second_reason="不行"
        )


def test_refusal_without_a_reason_is_none(merchant, operator):
    say(merchant, HELD)
    with pytest.raises(Refused):
        services.refuse_case(operator.actor, case=Case.objects.get(), reason=" ")
    assert Case.objects.get().state == "open"


def test_only_operators_decide(merchant, provider):
    say(merchant, HELD)
    for person in (merchant, provider, staff_person("fair")):
        with pytest.raises(Refused) as refused:
            services.pass_case(person.actor, case=Case.objects.get())
        assert refused.value.verdict.status == 403
    with pytest.raises(Refused):
        services.appeal_case(provider.actor, case=Case.objects.get(), text="x")


def test_two_operators_decide_a_case_once(transactional_db):
    first, second = staff_person("operator"), staff_person("reviewer")
    party = factories.listed_party("merchant", "谷雨粒食品", intro=HELD)
    case = Case.objects.get(party_id=party.pk)
    answers = factories.at_once(
        lambda: services.pass_case(first.actor, case=case),
        lambda: services.refuse_case(second.actor, case=case, reason="不行"),
        behind=Case.objects.all(),
    )
    assert sorted(type(a).__name__ for a in answers) == ["Case", "Refused"]


def test_pictures_wait_until_they_are_passed(merchant, operator):
    file_id = uuid.uuid4()
    services.watch_picture(
        merchant.actor,
        obj=merchant.party,
        field="logo",
        file_id=file_id,
        party_id=merchant.party.pk,
        url=merchant.party.get_absolute_url(),
    )
    assert passed_pictures([file_id]) == set()
    services.pass_case(operator.actor, case=Case.objects.get(kind="image"))
    assert passed_pictures([file_id]) == {file_id}


def test_decision_in_admin(merchant, operator, reviewer):
    say(merchant, HELD)
    case = Case.objects.get()
    path = f"/admin/moderation/case/{case.pk}/decision/"
    client = operator.browser()
    assert client.get(path).status_code == 200
    assert client.post(path, {"decision": "refuse", "reason": ""}).status_code == 200
    assert client.post(path, {"decision": "refuse", "reason": "绝对化用语"}).status_code == 302
    services.appeal_case(merchant.actor, case=case, text="原话")
    assert client.post(path, {"decision": "pass", "reason": "好"}).status_code == 200
    again = reviewer.browser().post(path, {"decision": "pass", "reason": "好"})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.state == "reversed"


def test_own_cases_cost_the_same_however_many(merchant):
    client = merchant.browser()

    def queries():
        client.get("/moderation/cases/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/moderation/cases/").status_code == 200
        return len(asked)

    say(merchant, HELD)
    one = queries()
    for intro in ("最大的茶园。", "唯一的茶园。"):
        say(merchant, intro)
    assert Case.objects.count() == 3
    assert queries() == one


def test_every_state_is_written_in_the_table():
    assert set(TRANSITIONS) == set(CaseState)
