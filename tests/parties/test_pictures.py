"""Pictures of parties, and names that a person must look at first."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from portal.core import clock
from portal.core.files import open_bytes
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.moderation import services as moderation
from portal.moderation.models import Case
from portal.moderation.states import CaseState
from portal.parties import services
from portal.parties.models import Listing, Party, PartyPicture
from portal.parties.profile_states import PictureSlot, PictureStatus
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of, staff_person

pytestmark = pytest.mark.django_db
LOGO, COVER = PictureSlot.LOGO, PictureSlot.COVER


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def put(person, slot=LOGO, side=300, **more):
    return services.set_picture(
        person.actor,
        party=person.party,
        slot=slot,
        source=factories.picture(side=side),
        **more,
    )


def case_of(picture):
    return Case.objects.get(object_type="parties.partypicture", object_id=str(picture.pk))


def passed(person, operator, slot=LOGO):
    picture = put(person, slot)
    moderation.pass_case(operator.actor, case=case_of(picture))
    picture.refresh_from_db()
    return picture


def logo_of(person):
    return Party.objects.get(pk=person.party.pk).logo


def seen(client, picture, size="full"):
    return client.get(reverse("picture_read", args=[picture.pk, size]))


def refused(status, service, *args, **kwargs):
    before = list(PartyPicture.objects.values()), StoredFile.objects.count()
    rows = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert (list(PartyPicture.objects.values()), StoredFile.objects.count()) == before
    assert AuditEntry.objects.count() == rows


# --- pictures -------------------------------------------------------------------------------------


def test_nobody_else_sees_a_picture_before_it_is_passed(provider, rival, operator, visitor):
    picture = put(provider)
    assert picture.status == PictureStatus.WAITING
    assert logo_of(provider) is None
    assert seen(visitor, picture).status_code == 404
    assert seen(rival.browser(), picture).status_code == 404
    own = seen(provider.browser(), picture)
    assert (own.status_code, own["Cache-Control"]) == (200, "private, no-store")
    assert seen(operator.browser(), picture).status_code == 200
    moderation.pass_case(operator.actor, case=case_of(picture))
    shown = seen(visitor, picture, "small")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["Cache-Control"] == "private, max-age=600", "no cache between"
    assert logo_of(provider) == picture.pk


def test_small_picture_is_cut_to_its_place(provider):
    with open_bytes(put(provider).small) as source:
        assert Image.open(BytesIO(source.read())).size == (192, 192)
    with open_bytes(put(provider, COVER).small) as source:
        assert Image.open(BytesIO(source.read())).size == (640, 240)


def test_old_logo_stays_until_the_next_is_passed(provider, operator, visitor):
    first = passed(provider, operator)
    second = put(provider)
    assert logo_of(provider) == first.pk
    moderation.pass_case(operator.actor, case=case_of(second))
    assert logo_of(provider) == second.pk
    first.refresh_from_db()
    assert first.status == PictureStatus.REPLACED
    assert seen(visitor, first).status_code == 404
    assert first.file.deleted_at is not None


def test_the_next_upload_takes_the_place_of_a_waiting_one(provider):
    first = put(provider)
    put(provider)
    first.refresh_from_db()
    assert first.status == PictureStatus.REPLACED
    assert case_of(first).state == CaseState.DROPPED


def test_refused_picture_is_appealed_and_shown_after_all(provider, operator, visitor):
    picture = put(provider)
    refusal = moderation.refuse_case(operator.actor, case=case_of(picture), reason="有二维码")
    picture.refresh_from_db()
    assert picture.status == PictureStatus.REFUSED
    page = provider.browser().get(reverse("picture_list", args=[provider.party.pk]))
    assert "有二维码" in page.content.decode()
    case = moderation.appeal_case(provider.actor, case=refusal, text="那是花纹")
    second = staff_person("reviewer")
    moderation.decide_appeal(second.actor, case=case, is_upheld=False, reason="确是花纹")
    picture.refresh_from_db()
    assert picture.status == PictureStatus.SHOWN
    assert logo_of(provider) == picture.pk
    assert seen(visitor, picture).status_code == 200


def test_taken_off_is_gone(provider, operator, visitor):
    picture = passed(provider, operator)
    services.remove_picture(provider.actor, picture=picture)
    assert logo_of(provider) is None
    assert seen(visitor, picture).status_code == 404
    assert seen(provider.browser(), picture).status_code == 404
    refused(409, services.remove_picture, provider.actor, picture=picture)


def test_address_of_a_picture_tells_strangers_nothing_once_its_party_is_hidden(
    provider, merchant, rival, operator, reviewer, visitor
):
    logo = passed(provider, operator)
    file = f"/files/{logo.file_id}/"
    services.hide_party(provider.actor, party=provider.party)
    for browser in (visitor, rival.browser(), merchant.browser()):
        assert seen(browser, logo).status_code == 404
        assert seen(browser, logo, "small").status_code == 404
        assert browser.get(file).status_code in {302, 404}, "302: sign in first"
    for person in (provider, operator, reviewer):
        answer = seen(person.browser(), logo)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert Party.objects.get(pk=provider.party.pk).public_logo is None
    services.list_party(provider.actor, party=provider.party)
    assert seen(visitor, logo).status_code == 200
    services.suspend_party(operator.actor, party=provider.party, reason="多次投诉")
    assert seen(visitor, logo).status_code == 404
    assert Party.objects.get(pk=provider.party.pk).logo == logo.pk, "it comes back with the party"


def test_only_those_who_sign_set_pictures(provider, rival, colleague, merchant):
    for person, party in ((rival, provider.party), (colleague, merchant.party)):
        source = factories.picture()
        refused(403, services.set_picture, person.actor, party=party, slot=LOGO, source=source)
    refused(403, services.remove_picture, rival.actor, picture=put(provider))


def test_what_is_no_picture_is_refused_in_the_form(provider):
    address = reverse("picture_create", args=[provider.party.pk, "logo"])
    answer = provider.browser().post(address, {"file": BytesIO(b"<svg onload=alert(1)>")})
    assert answer.status_code == 200
    assert not PartyPicture.objects.exists()
    page = provider.browser().post(address, {"file": factories.picture()})
    assert page.status_code == 302
    assert PartyPicture.objects.count() == 1


def test_the_database_keeps_one_shown_picture_a_place(provider, operator):
    picture = passed(provider, operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyPicture.objects.create(
            party=picture.party,
            slot=picture.slot,
            file=picture.file,
            small=picture.small,
            status=PictureStatus.SHOWN,
            set_at=clock.now(),
        )


def test_cards_and_profiles_show_the_logo_and_the_cover(provider, operator, visitor):
    letter = visitor.get(reverse("provider_list")).content.decode()
    logo, cover = passed(provider, operator), passed(provider, operator, COVER)
    page = Client().get(reverse("provider_detail", args=[provider.party.pk])).content.decode()
    assert reverse("picture_read", args=[logo.pk, "small"]) in page
    assert reverse("picture_read", args=[cover.pk, "full"]) in page
    assert 'class="ava provider' in letter


# --- names ----------------------------------------------------------------------------------------


def renamed(person, name):
    party = Party.objects.get(pk=person.party.pk)
    fields = factories.party_fields(
        name, uscc=party.uscc, legal_name=party.legal_name, city_id=party.city_id
    )
    return services.update_party(
        person.actor, party=party, fields=fields, provider=factories.provider_fields()
    )


def name_case(party):
    return Case.objects.get(object_id=str(party.pk), field="name", object_type="parties.party")


def test_others_read_the_former_name_until_the_new_one_is_passed(provider, operator, visitor):
    party = renamed(provider, "最好直播")
    assert (party.name, party.wanted_name, party.own_name) == (
        "云帆电商",
        "最好直播",
        "最好直播",
    )
    address = reverse("provider_detail", args=[party.pk])
    assert "最好直播" not in visitor.get(address).content.decode()
    assert "最好直播" in provider.browser().get(party.get_absolute_url()).content.decode()
    edit = provider.browser().get(reverse("party_edit", args=[party.pk])).content.decode()
    assert 'value="最好直播"' in edit
    moderation.pass_case(operator.actor, case=name_case(party))
    party.refresh_from_db()
    assert (party.name, party.wanted_name) == ("最好直播", "")
    assert "最好直播" in visitor.get(address).content.decode()
    assert "最好直播" in Listing.objects.get(party=party).text


def test_refused_name_stays_aside_and_another_ends_it(provider, operator):
    party = renamed(provider, "最好直播")
    moderation.refuse_case(operator.actor, case=name_case(party), reason="绝对化用语")
    party.refresh_from_db()
    assert (party.name, party.wanted_name) == ("云帆电商", "最好直播")
    party = renamed(provider, "云帆直播")
    assert (party.name, party.wanted_name) == ("云帆直播", "")
    party = renamed(provider, "最好直播")
    assert (party.name, party.wanted_name) == ("云帆直播", "最好直播")


def test_passed_name_is_shown_at_once_when_it_comes_back(provider, operator):
    party = renamed(provider, "最好直播")
    moderation.pass_case(operator.actor, case=name_case(party))
    renamed(provider, "云帆电商")
    assert renamed(provider, "最好直播").name == "最好直播"


def test_new_party_has_a_number_for_a_name(operator, visitor):
    person = person_of(factories.listed_party(PartyKind.MERCHANT, "最大粮油"))
    assert person.party.name == f"M-{person.party.pk}"
    assert person.party.own_name == "最大粮油"
    page = visitor.get(reverse("merchant_list")).content.decode()
    assert "最大粮油" not in page.replace(person.party.legal_name, "")
