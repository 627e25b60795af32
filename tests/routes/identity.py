"""People: members, invitations, the ownership."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.parties import services
from portal.parties.fields import KeyFields
from portal.parties.states import Role
from tests.routes import Arranged, Cast

OWN = "visitor 302, owner 302, member 403, * 404"
OWN_API = "visitor 401, owner 200, member 403, * 404"

PAGES = {
    "GET party_members": "visitor 302, owner 200, member 200, * 404",
    "GET phone_number": "* 200",
    "POST phone_number": "* 302",
    "GET phone_code": "* 302",  # nothing was sent
    "POST phone_code": "* 302",
    "GET phone_name": "* 302",
    "POST phone_name": "* 302",
    "GET session_list": "visitor 302, * 200",
    "POST session_end": "visitor 302, * 404",  # nobody else's
    "POST sessions_end": "* 302",
    "GET my_phone": "visitor 302, * 200",
    "POST party_checklist": "visitor 302, owner 302, member 302, * 404",
    "GET party_keys": "visitor 302, owner 200, member 403, * 404",
    "POST party_keys": "visitor 302, owner 200, member 403, * 404",
    "POST party_key_revocation": OWN,
    "POST party_members": "visitor 302, owner 302, member 403, * 404",
    "POST party_member_role": OWN,
    "POST party_member_removal": OWN,
    "POST party_departure": "visitor 302, owner 403, member 302, * 404",
    "POST party_ownership": "visitor 302, owner 409, member 403, * 404",  # offered already
    "POST party_ownership_withdrawal": OWN,
    "POST party_ownership_answer": "visitor 302, owner 403, member 302, * 404",
    "POST party_invitation_sending": "visitor 302, owner 409, member 403, * 404",  # too soon
    "POST party_invitation_withdrawal": OWN,
    "GET invitation_answer": "* 200",  # whoever has the link
    "POST invitation_answer": "visitor 403, owner 409, member 409, * 302",
}

API = {
    "GET api-members": "visitor 401, owner 200, member 200, * 404",
    "POST api-member-role": OWN_API,
    "POST api-member-removal": OWN_API,
    "POST api-departure": "visitor 401, owner 403, member 204, * 404",
    "GET api-keys": OWN_API,
    "POST api-key-revocation": OWN_API,
    "GET api-invitations": OWN_API,
    "POST api-invitations": "visitor 401, owner 201, member 403, * 404",
    "POST api-invitation-sending": "visitor 401, owner 409, member 403, * 404",
    "POST api-invitation-withdrawal": OWN_API,
    "GET api-ownership": "visitor 401, owner 200, member 200, * 404",
    "POST api-ownership": "visitor 401, owner 409, member 403, * 404",
    "POST api-ownership-withdrawal": OWN_API,
    "POST api-ownership-answer": "visitor 401, owner 403, member 200, * 404",
}

SEEN_IN_ADMIN = {
    "parties_invitation": ("operator",),
    "parties_ownershipoffer": ("operator",),
    "parties_apikey": ("operator",),
}


def arrange(cast: Cast) -> Arranged:
    party = cast.owner.party
    mine = party.membership_set.get(user=cast.member.user)
    with clock.standing_at(clock.now() + timedelta(hours=1)):  # sent "a moment ago" all along
        invitation = services.invite_member(
            cast.owner.actor, party=party, role=Role.MEMBER, email="somebody@example.com"
        )
    offer = services.offer_ownership(cast.owner.actor, party=party, person=cast.member.user)
    fields = KeyFields("ERP", ["trade:read"], 30)
    key, _plain = services.make_key(cast.owner.actor, party=party, fields=fields)
    at = {"pk": party.pk}
    names = [key.split()[1] for key in {**PAGES, **API} if "phone" not in key]
    names = [name for name in names if "session" not in name]
    kwargs = dict.fromkeys(names, at)
    for name in ("party_member_role", "party_member_removal"):
        kwargs[name] = kwargs[f"api-{name[6:].replace('_', '-')}"] = at | {"member": mine.pk}
    for name in ("invitation-sending", "invitation-withdrawal"):
        kwargs[f"api-{name}"] = at | {"invitation": invitation.pk}
        kwargs[f"party_{name.replace('-', '_')}"] = at | {"invitation": invitation.pk}
    kwargs["party_key_revocation"] = kwargs["api-key-revocation"] = at | {"key": key.pk}
    kwargs["session_end"] = {"pk": invitation.pk}
    kwargs["invitation_answer"] = {"token": invitation.token()}
    invited = {"address": "another@example.com", "role": "member"}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST phone_number": {"phone": "13800009999"},
            "POST party_members": invited,
            "POST party_member_role": {"role": "finance"},
            "POST party_ownership": {"member": mine.pk},
            "POST party_ownership_answer": {"answer": "accept"},
            "POST invitation_answer": {"answer": "accept"},
            "POST api-member-role": {"role": "finance"},
            "POST api-invitations": {"email": "another@example.com", "role": "member"},
            "POST api-ownership": {"member": mine.pk},
            "POST api-ownership-answer": {"answer": "accept"},
        },
        rows={
            "parties_invitation": invitation,
            "parties_ownershipoffer": offer,
            "parties_apikey": key,
        },
    )
