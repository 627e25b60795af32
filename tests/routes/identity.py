"""People: members, invitations, the ownership."""

from __future__ import annotations

from portal.parties import services
from portal.parties.states import Role
from tests.routes import Arranged, Cast

OWN = "visitor 302, owner 302, member 403, * 404"
OWN_API = "visitor 401, owner 200, member 403, * 404"

PAGES = {
    "GET party_members": "visitor 302, owner 200, member 200, * 404",
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
}


def arrange(cast: Cast) -> Arranged:
    party = cast.owner.party
    mine = party.membership_set.get(user=cast.member.user)
    invitation = services.invite_member(
        cast.owner.actor, party=party, role=Role.MEMBER, email="somebody@example.com"
    )
    offer = services.offer_ownership(cast.owner.actor, party=party, person=cast.member.user)
    at = {"pk": party.pk}
    kwargs = {key.split()[1]: at for key in {**PAGES, **API}}
    for name in ("party_member_role", "party_member_removal"):
        kwargs[name] = kwargs[f"api-{name[6:].replace('_', '-')}"] = at | {"member": mine.pk}
    for name in ("invitation-sending", "invitation-withdrawal"):
        kwargs[f"api-{name}"] = at | {"invitation": invitation.pk}
        kwargs[f"party_{name.replace('-', '_')}"] = at | {"invitation": invitation.pk}
    kwargs["invitation_answer"] = {"token": invitation.token()}
    invited = {"address": "another@example.com", "role": "member"}
    return Arranged(
        kwargs=kwargs,
        bodies={
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
        rows={"parties_invitation": invitation, "parties_ownershipoffer": offer},
    )
