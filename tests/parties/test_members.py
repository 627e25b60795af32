"""Who speaks for a party: invitations, roles, leaving, and the ownership's passing on."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import abilities, services
from portal.parties.models import Invitation, Membership, OwnershipOffer, Party
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
MAIL = "new@example.com"


def refused(status, service, *args, **kwargs):
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert str(caught.value.verdict.reason)
    assert snapshot() == before


def snapshot():
    return (
        list(Membership.objects.order_by("pk").values()),
        list(Invitation.objects.order_by("pk").values()),
        list(OwnershipOffer.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        Notice.objects.count(),
        OutboxMessage.objects.count(),
    )


def joined(merchant, role, name):
    user = factories.user(f"{name}@example.com", name)
    Membership.objects.create(
        user=user, party=merchant.party, role=role, created_at=merchant.party.created_at
    )
    return person_of(merchant.party, user, role)


@pytest.fixture
def manager(merchant):
    return joined(merchant, Role.MANAGER, "manager")


@pytest.fixture
def finance(merchant):
    return joined(merchant, Role.FINANCE, "finance")


def invite(person, role=Role.MEMBER, email=MAIL, **way):
    return services.invite_member(
        person.actor, party=person.party, role=role, email=email if not way else "", **way
    )


# --- invitations ---------------------------------------------------------------------------------


def test_invitation_goes_by_mail_and_makes_a_member(merchant, stranger):
    invitation = invite(merchant)
    outbox.dispatch()
    (letter,) = [letter for letter in mail.outbox if letter.to == [MAIL]]
    assert invitation.get_absolute_url() in letter.body
    assert invitation.token() not in str(list(OutboxMessage.objects.values("payload")))
    assert not Invitation.objects.filter(token_hash=invitation.token()).exists()
    membership = services.accept_invitation(stranger.actor, invitation=invitation)
    assert (membership.user, membership.role) == (stranger.user, "member")
    assert Notice.objects.get(event="member.joined").user == merchant.user
    assert not Notice.objects.filter(event="member.joined", user=stranger.user).exists()


def test_invitation_by_phone_writes_the_number_one_way(merchant):
    invitation = invite(merchant, phone="138 0000-1111")
    assert (invitation.phone, invitation.address) == ("+8613800001111", "138****1111")
    with transaction.atomic():
        refused(409, invite, merchant, phone="+86 13800001111")


def test_who_may_invite_whom(merchant, manager, finance, colleague, stranger):
    refused(403, invite, manager, role=Role.FINANCE)
    refused(403, invite, manager, role=Role.MANAGER)
    refused(403, invite, finance)
    refused(403, invite, colleague)
    refused(409, invite, merchant, role=Role.OWNER)
    for way in ({"phone": "12345"}, {"phone": "021-5555 1234"}):
        refused(422, invite, merchant, **way)
    refused(422, invite, merchant, email="")
    refused(409, invite, merchant, email="COLLEAGUE@example.com")
    invite(manager)


def test_one_invitation_a_person_until_it_ends(merchant, stranger):
    first = invite(merchant)
    refused(409, invite, merchant, email="NEW@example.com")
    services.withdraw_invitation(merchant.actor, invitation=first)
    refused(409, services.accept_invitation, stranger.actor, invitation=first)
    second = invite(merchant)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        refused(409, services.accept_invitation, stranger.actor, invitation=second)
        third = invite(merchant)
        second.refresh_from_db()
        assert second.status == "expired"
        services.decline_invitation(stranger.actor, invitation=third)
        refused(409, services.accept_invitation, stranger.actor, invitation=third)


def test_sending_again_ends_the_link_sent_before(merchant, client):
    invitation = invite(merchant)
    old = invitation.get_absolute_url()
    refused(409, services.resend_invitation, merchant.actor, invitation=invitation)
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        again = services.resend_invitation(merchant.actor, invitation=invitation)
        outbox.dispatch()
    assert again.expires_at > invitation.expires_at
    assert client.get(old).status_code == 404
    assert client.get(again.get_absolute_url()).status_code == 200
    (letter,) = [
        letter for letter in mail.outbox if letter.to == [MAIL]
    ]  # the one sent before was not delivered yet, and is not any more
    assert again.get_absolute_url() in letter.body


def test_what_nobody_answers_is_swept(merchant, colleague):
    invite(merchant)
    services.offer_ownership(merchant.actor, party=merchant.party, person=colleague.user)
    assert services.expire_invitations() == 0
    with clock.standing_at(clock.now() + timedelta(days=7, seconds=1)):
        assert services.expire_invitations() == 2
        assert services.expire_invitations() == 0
    assert Invitation.objects.get().status == OwnershipOffer.objects.get().status == "expired"


def test_page_behind_the_link_leads_through_sign_in_and_back(merchant, stranger):
    address = invite(merchant).get_absolute_url()
    page = Client().get(address).content.decode()
    assert f"/accounts/login/?next={address}" in page
    browser = stranger.browser()
    assert browser.post(address, {"answer": "accept"}).status_code == 302
    assert browser.session["party"] == merchant.party.pk
    assert browser.post(address, {"answer": "accept"}).status_code == 409


def test_invitation_to_a_confirmed_address_waits_on_the_workbench(merchant, stranger):
    address = EmailAddress.objects.create(user=stranger.user, email=MAIL, verified=False)
    invitation = invite(merchant)

    def urls():
        page = stranger.browser().get("/workbench/")
        return [todo.url for todo in page.context["todos"]]

    assert invitation.get_absolute_url() not in urls()
    address.verified = True
    address.save()
    assert invitation.get_absolute_url() in urls()


# --- roles ---------------------------------------------------------------------------------------


def of(person):
    return Membership.objects.get(user=person.user, party=person.party)


def test_role_is_changed_by_who_may_give_both(merchant, manager, finance, colleague):
    change = services.change_role
    refused(403, change, manager.actor, membership=of(finance), role=Role.MEMBER)
    refused(403, change, manager.actor, membership=of(colleague), role=Role.MANAGER)
    refused(409, change, merchant.actor, membership=of(merchant), role=Role.MEMBER)
    refused(409, change, merchant.actor, membership=of(colleague), role=Role.OWNER)
    change(merchant.actor, membership=of(colleague), role=Role.FINANCE)
    assert of(colleague).role == "finance"
    entry = AuditEntry.objects.get(verb="change_role")
    assert (entry.before["role"], entry.after["role"]) == ("member", "finance")
    assert Notice.objects.get(event="member.role").user == colleague.user


def test_removed_colleague_is_out_at_once(merchant, manager, colleague):
    browser = colleague.browser()
    page = f"/parties/{merchant.party.pk}/"
    assert browser.get(page).status_code == 200
    refused(409, services.remove_member, manager.actor, membership=of(merchant))
    refused(409, services.remove_member, manager.actor, membership=of(manager))
    membership = of(colleague)
    services.remove_member(manager.actor, membership=membership)
    assert browser.get(page).status_code == 404
    refused(409, services.remove_member, manager.actor, membership=membership)


def test_members_leave_and_the_owner_does_not(merchant, colleague, stranger):
    refused(403, services.leave_party, merchant.actor, party=merchant.party)
    refused(403, services.leave_party, stranger.actor, party=merchant.party)
    services.leave_party(colleague.actor, party=merchant.party)
    assert not Membership.objects.filter(user=colleague.user).exists()
    refused(403, services.leave_party, colleague.actor, party=merchant.party)


# --- the ownership -------------------------------------------------------------------------------


def offer(merchant, person):
    return services.offer_ownership(merchant.actor, party=merchant.party, person=person.user)


def test_ownership_passes_on_when_both_agree(merchant, manager, colleague, stranger):
    refused(403, services.offer_ownership, manager.actor, party=merchant.party, person=manager.user)
    refused(409, offer, merchant, stranger)
    refused(409, offer, merchant, merchant)
    made = offer(merchant, colleague)
    refused(409, offer, merchant, manager)
    refused(403, services.accept_ownership, manager.actor, offer=made)
    refused(403, services.accept_ownership, merchant.actor, offer=made)
    services.accept_ownership(colleague.actor, offer=made)
    assert (of(colleague).role, of(merchant).role) == ("owner", "manager")
    refused(409, services.accept_ownership, person_as(colleague, Role.OWNER), offer=made)
    assert Notice.objects.get(event="ownership.accepted").user == merchant.user


def person_as(person, role):
    return Actor(user=person.user, party=person.party, role=role, via="web")


def test_offer_ends_declined_withdrawn_late_or_with_the_place(merchant, manager, colleague):
    made = offer(merchant, colleague)
    services.decline_ownership(colleague.actor, offer=made)
    made = offer(merchant, colleague)
    services.withdraw_ownership(merchant.actor, offer=made)
    refused(409, services.accept_ownership, colleague.actor, offer=made)
    made = offer(merchant, colleague)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        refused(409, services.accept_ownership, colleague.actor, offer=made)
        made = offer(merchant, manager)
    services.remove_member(merchant.actor, membership=of(manager))
    made.refresh_from_db()
    assert made.status == "withdrawn"
    assert of(merchant).role == "owner"


def test_role_is_read_again_under_the_lock(merchant, colleague):
    """An owner whose page is older than the hand-over no longer speaks as the owner."""
    services.accept_ownership(colleague.actor, offer=offer(merchant, colleague))
    refused(403, invite, merchant, role=Role.FINANCE)
    services.leave_party(merchant.actor, party=merchant.party)  # a manager now, who may


@pytest.mark.parametrize("change", ["none", "two", "orphan"])
def test_database_keeps_one_owner(merchant, colleague, change):
    mine = Membership.objects.filter(party=merchant.party)
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 - three ways to break it
        if change == "none":
            mine.filter(role="owner").update(role="manager")
        elif change == "two":
            mine.update(role="owner")
        else:
            mine.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert mine.get(role="owner").user == merchant.user


def test_database_ties_states_to_facts(merchant):
    invitation = invite(merchant)
    for fields in (
        {"status": "accepted", "ended_at": timezone.now()},
        {"status": "expired"},
        {"phone": "+8613800001111"},
        {"role": "owner"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**fields)


# --- pages and API -------------------------------------------------------------------------------


def test_table_of_abilities_is_what_the_rules_say(merchant):
    found = abilities.table_of(Party.objects.get(pk=merchant.party.pk))
    assert [[has for _role, has in line.cells] for line in found[:7]] == [
        [True, True, True, True],  # reads
        [True, True, False, False],  # signs
        [True, True, False, False],  # invites
        [True, False, False, False],  # names managers and finance
        [True, True, False, False],  # makes keys
        [True, False, False, False],  # hands over
        [False, True, True, True],  # leaves
    ]


def test_members_page_costs_the_same_for_one_and_for_many(merchant, manager):
    browser, page = merchant.browser(), f"/parties/{merchant.party.pk}/members/"
    invite(merchant)
    one = queries(browser, page)
    for number in range(3):
        joined(merchant, Role.MEMBER, f"m{number}")
        invite(merchant, email=f"x{number}@example.com")
    assert queries(browser, page) == one


def queries(browser, page):
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200
    return len(seen)


def test_form_shows_the_sentence_of_the_rule(merchant):
    page = f"/parties/{merchant.party.pk}/members/"
    browser = merchant.browser()
    answer = browser.post(page, {"address": "12345", "role": "member"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["address"]
    invite(merchant)
    answer = browser.post(page, {"address": MAIL, "role": "member"})
    assert answer.context["form"].non_field_errors()


def test_api_says_the_same(merchant, colleague):
    browser = merchant.browser()
    base = f"/api/v1/parties/{merchant.party.pk}"
    sent = browser.post(
        f"{base}/invitations/",
        {"email": MAIL, "role": "member"},
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )
    assert sent.json()["address"] == "n***@example.com"
    again = browser.post(
        f"{base}/invitations/",
        {"email": MAIL, "role": "member"},
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )
    assert (again.json(), Invitation.objects.count()) == (sent.json(), 1)
    wrong = browser.post(
        f"{base}/invitations/", {"phone": "1", "role": "member"}, content_type="application/json"
    )
    assert wrong.status_code == 422
    assert wrong.json()["flaws"]["address"]
    names = [row["name"] for row in browser.get(f"{base}/members/").json()]
    assert names == ["谷雨粒食品老板", "同事"]
    assert colleague.browser().get(f"{base}/invitations/").status_code == 403
