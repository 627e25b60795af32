"""What is typed is kept: by versions, for the party's own, and never over something newer."""

import uuid
from datetime import timedelta

import pytest

from matchmaking.needs import forms, services
from matchmaking.needs.models import Need, NeedDraft, NeedTemplate, ProposalDraft
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.verdict import Refused
from tests import factories
from tests.matchmaking.needs.checks import refused

pytestmark = pytest.mark.django_db
TYPED = {"title": ["食品自播"], "budget_low": ["2万"], "services": []}
HTMX = {"HX-Request": "true", "HX-Target": "autosave"}


def kept(person, **changes):
    return services.DRAFTING.keep(person.actor, values=TYPED | changes)


def test_unfinished_form_is_kept_as_it_was_typed(merchant):
    draft = kept(merchant)
    assert (draft.version, draft.merchant, draft.need) == (1, merchant.party, None)
    page = merchant.browser().get(draft.get_absolute_url()).content.decode()
    assert 'value="2万"' in page, "also what is no amount"
    again = services.DRAFTING.keep(
        merchant.actor, values=TYPED | {"title": ["别的"]}, draft_id=str(draft.pk), seen=1
    )
    assert (again.pk, again.version, again.title) == (draft.pk, 2, "别的")


def test_older_page_keeps_nothing_over_a_newer_one(merchant):
    draft = kept(merchant)
    services.DRAFTING.keep(merchant.actor, values=TYPED, draft_id=str(draft.pk), seen=1)
    for seen in (0, 1, 3):
        with pytest.raises(Refused) as caught:
            services.DRAFTING.keep(merchant.actor, values={}, draft_id=str(draft.pk), seen=seen)
        assert caught.value.verdict.status == 409
    assert NeedDraft.objects.get().values == TYPED


def test_only_those_who_write_needs_keep_drafts(merchant, colleague, provider, rival):
    refused(403, services.DRAFTING.keep, colleague.actor, values=TYPED)
    refused(403, services.DRAFTING.keep, provider.actor, values=TYPED)
    need = factories.open_need(merchant.actor)
    refused(409, services.DRAFTING.keep, merchant.actor, values=TYPED, subject=need)
    draft = kept(merchant)
    refused(403, services.DRAFTING.discard, colleague.actor, draft=draft)
    for stranger in (provider, rival):
        assert stranger.browser().get(draft.get_absolute_url()).status_code == 404


def test_too_long_and_too_many_are_refused(merchant):
    refused(422, services.DRAFTING.keep, merchant.actor, values={"brief": ["长" * 20_001]})
    for _number in range(20):
        kept(merchant)
    refused(409, services.DRAFTING.keep, merchant.actor, values=TYPED)


def test_saving_the_need_ends_its_draft_and_an_older_page_saves_nothing(merchant):
    draft = kept(merchant)
    fields = factories.need_fields()
    refused(409, services.create_need, merchant.actor, fields=fields, draft_id=str(draft.pk))
    need = services.create_need(
        merchant.actor, fields=fields, draft_id=str(draft.pk), draft_seen=draft.version
    )
    assert not NeedDraft.objects.exists()
    refused(
        409,
        services.create_need,
        merchant.actor,
        fields=fields,
        draft_id=str(draft.pk),
        draft_seen=draft.version,
    )
    assert Need.objects.get() == need


def test_second_save_of_the_same_draft_need_is_told(merchant):
    need = factories.draft_need(merchant.actor)
    mine, theirs = Need.objects.get(), Need.objects.get()
    services.update_need(merchant.actor, need=theirs, fields=factories.need_fields(title="甲"))
    refused(
        409,
        services.update_need,
        merchant.actor,
        need=mine,
        fields=factories.need_fields(title="乙"),
    )
    need.refresh_from_db()
    assert (need.title, need.version) == ("甲", 2)


def test_draft_of_a_need_is_one(merchant):
    need = factories.draft_need(merchant.actor)
    first = services.DRAFTING.keep(merchant.actor, values=TYPED, subject=need)
    refused(409, services.DRAFTING.keep, merchant.actor, values=TYPED, subject=need)
    browser = merchant.browser()
    page = browser.get(f"/needs/{need.pk}/edit/").content.decode()
    assert 'value="2万"' in page
    browser.post(f"/needs/unfinished/{first.pk}/removal/")
    assert 'value="2万"' not in browser.get(f"/needs/{need.pk}/edit/").content.decode()


def test_nobody_goes_on_for_ninety_days_and_it_is_forgotten(merchant):
    with clock.standing_at(clock.now() - timedelta(days=91)):
        kept(merchant)
    recent = kept(merchant)
    assert services.DRAFTING.prune(system_actor("task")) == 1
    assert NeedDraft.objects.get() == recent


# --- the page ----------------------------------------------------------------------------------


def test_autosave_answers_with_the_part_and_its_address(merchant):
    browser = merchant.browser()
    answer = browser.post("/needs/autosave/", {"title": "自播"}, headers=HTMX)
    draft = NeedDraft.objects.get()
    assert answer["HX-Replace-Url"] == draft.get_absolute_url()
    assert answer.content.decode().strip().startswith('<div id="autosave"')
    assert f'name="draft" value="{draft.pk}"' in answer.content.decode()
    stale = browser.post(
        "/needs/autosave/", {"title": "旧", "draft": draft.pk, "draft_seen": 0}, headers=HTMX
    )
    assert "t-bad" in stale.content.decode()
    assert NeedDraft.objects.get().title == "自播"
    plain = browser.post("/needs/autosave/", {"title": "没有脚本"})
    assert plain.status_code == 302


def test_forged_ids_are_no_drafts(merchant):
    browser = merchant.browser()
    for given in (str(uuid.uuid4()), "nonsense", "\x00"):
        answer = browser.post("/needs/autosave/", {"draft": given, "draft_seen": "1"}, headers=HTMX)
        assert answer.status_code == 200
    assert browser.get(f"/needs/unfinished/{uuid.uuid4()}/").status_code == 404


# --- answers -----------------------------------------------------------------------------------

ANSWER = {"plan": ["先看货盘"], "monthly_fee": ["两万"]}


def test_answer_is_kept_as_it_was_typed_and_resumed_from_the_list(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    browser = provider.browser()
    answer = browser.post(f"/needs/{need.pk}/proposal/autosave/", {"plan": "先看"}, headers=HTMX)
    draft = ProposalDraft.objects.get()
    assert answer["HX-Replace-Url"] == draft.get_absolute_url() == f"/needs/{need.pk}/proposal/"
    kept = services.ANSWERING.keep(
        provider.actor, values=ANSWER, subject=need, draft_id=str(draft.pk), seen=1
    )
    assert kept.version == 2
    assert 'value="两万"' in browser.get(kept.get_absolute_url()).content.decode()
    assert not need.proposals.exists(), "the merchant sees nothing"
    for view in ("waiting", "open"):
        assert browser.get(f"/needs/?view={view}").context["unfinished"] == [kept]
    assert rival.browser().get("/needs/").context["unfinished"] == []
    assert rival.browser().post(f"/proposals/unfinished/{draft.pk}/removal/").status_code == 404
    browser.post(f"/proposals/unfinished/{draft.pk}/removal/")
    assert not ProposalDraft.objects.exists()


def test_handing_in_ends_the_draft_and_an_older_page_hands_in_nothing(merchant, provider):
    need = factories.open_need(merchant.actor)
    draft = services.ANSWERING.keep(provider.actor, values=ANSWER, subject=need)
    fields = factories.proposal_fields()
    answer = {"need": need, "fields": fields, "draft_id": str(draft.pk)}
    refused(409, services.submit_proposal, provider.actor, **answer, draft_seen=0)
    services.submit_proposal(provider.actor, **answer, draft_seen=1)
    assert not ProposalDraft.objects.exists()
    refused(409, services.ANSWERING.keep, provider.actor, values=ANSWER, subject=need)


def test_answers_are_kept_by_those_who_may_give_them(merchant, provider, agency):
    need = factories.open_need(merchant.actor)
    for stranger in (merchant, agency):
        refused(403, services.ANSWERING.keep, stranger.actor, values=ANSWER, subject=need)
    services.ANSWERING.keep(provider.actor, values=ANSWER, subject=need)
    services.cancel_need(merchant.actor, need=need)
    refused(409, services.ANSWERING.keep, provider.actor, values=ANSWER, subject=need)
    assert provider.browser().get("/needs/").context["unfinished"] == []


# --- what needs begin from ---------------------------------------------------------------------


def test_need_is_kept_as_a_template_and_begun_from(merchant, rival):
    need = factories.open_need(merchant.actor, price_form="both", share_low_bp=1, share_high_bp=300)
    template = services.save_template(merchant.actor, need=need, name=" 日常 ")
    assert (template.name, template.merchant) == ("日常", merchant.party)
    browser = merchant.browser()
    for address in (f"?template={template.pk}", f"?like={need.pk}"):
        form = browser.get(f"/needs/new/{address}").context["form"]
        data = {name: form[name].value() for name in form.fields}
        data |= {
            "services": data["services"],
            "city": "",
            **{n: form[n].field.prepare_value(data[n]) for n in ("budget_low", "share_high")},
        }
        assert (data["title"], data["share_high"]) == (need.title, "3")
        assert data["starts_on"] >= clock.today()
    assert rival.browser().get(f"/needs/new/?template={template.pk}").status_code == 403
    refused(422, services.save_template, merchant.actor, need=need, name="日常")
    refused(422, services.save_template, merchant.actor, need=need, name=" ")
    services.remove_template(merchant.actor, template=template)
    assert not NeedTemplate.objects.filter(merchant=merchant.party).exists()


def test_house_templates_are_everybodys_and_nobodys_to_remove(merchant):
    (house, *_rest) = NeedTemplate.objects.usable_by(merchant.actor)
    assert house.merchant is None
    refused(409, services.remove_template, merchant.actor, template=house)
    for template in NeedTemplate.objects.usable_by(merchant.actor):
        page = merchant.browser().get(f"/needs/new/?template={template.pk}")
        form = forms.NeedForm(merchant.party, None, initial=page.context["form"].initial)
        assert form["title"].value() == template.values["title"]


def test_copy_of_a_need_never_takes_its_days(merchant):
    with clock.standing_at(clock.now() - timedelta(days=200)):
        need = factories.open_need(merchant.actor)
    form = merchant.browser().get(f"/needs/new/?like={need.pk}").context["form"]
    assert form["closes_on"].value() > clock.today() > need.closes_on
