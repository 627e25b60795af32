"""Who speaks for a party: invitations, roles, leaving."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock, outbox
from portal.core.actor import Actor, system_actor
from portal.core.contacts import normal_phone
from portal.core.verdict import Refused, conflict
from portal.notices.services import end_bots_of_party
from portal.parties import rules
from portal.parties.models import Invitation, Membership, OwnershipOffer, Party
from portal.parties.models.members import hash_token
from portal.parties.services.ownership import end_offers, expire_offers
from portal.parties.services.parties import tell_party
from portal.parties.services.speaking import lock_members, members_url, tell_member
from portal.parties.states import InvitationStatus, Role

INVITATION_DAYS = 7


# --- invitations ---------------------------------------------------------------------------------


@transaction.atomic
def invite_member(
    actor: Actor, *, party: Party, role: Role, email: str = "", phone: str = ""
) -> Invitation:
    """Ask somebody, by mail or by phone, to speak for the party in this role."""
    actor = lock_members(actor, party)
    rules.can_give_role(actor, party, role).require()
    rules.address_is_sound(email, phone).require()
    email, phone = email.lower(), normal_phone(phone)
    _expire(Invitation.objects.filter(party=party))
    _refuse_members(party, email, phone)
    now = clock.now()
    invitation = Invitation(
        party=party,
        role=role,
        email=email,
        phone=phone,
        invited_by=actor.user,
        created_at=now,
        sent_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    invitation.token_hash = hash_token(invitation.token())
    _insert(invitation)
    _send(invitation)
    by = "mail" if email else "phone"
    audit.record(actor, "invite_member", party, after={"role": role, "by": by})
    return invitation


@transaction.atomic
def resend_invitation(actor: Actor, *, invitation: Invitation) -> Invitation:
    """Send it once more with a fresh link and seven more days; the link sent before ends."""
    actor, invitation = _lock_invitation(actor, invitation)
    rules.can_resend_invitation(actor, invitation).require()
    now = clock.now()
    invitation.sendings += 1
    invitation.sent_at, invitation.expires_at = now, now + timedelta(days=INVITATION_DAYS)
    invitation.token_hash = hash_token(invitation.token())
    invitation.save(update_fields=["sendings", "sent_at", "expires_at", "token_hash"])
    _send(invitation)
    audit.record(actor, "resend_invitation", invitation.party)
    return invitation


@transaction.atomic
def withdraw_invitation(actor: Actor, *, invitation: Invitation) -> None:
    """Take an invitation back; its link no longer works."""
    actor, invitation = _lock_invitation(actor, invitation)
    rules.can_withdraw_invitation(actor, invitation).require()
    _end_invitation(invitation, InvitationStatus.WITHDRAWN)
    audit.record(actor, "withdraw_invitation", invitation.party)


@transaction.atomic
def accept_invitation(actor: Actor, *, invitation: Invitation) -> Membership:
    """The person with the link begins to speak for the party."""
    actor, invitation = _lock_invitation(actor, invitation)
    rules.can_answer_invitation(actor, invitation).require()
    assert actor.user is not None  # the rule above
    party, person = invitation.party, actor.user
    invitation.accepted_by = person
    _end_invitation(invitation, InvitationStatus.ACCEPTED)
    membership = Membership.objects.create(
        user=person, party=party, role=invitation.role, created_at=clock.now()
    )
    audit.record(actor, "accept_invitation", party, after={"role": invitation.role})
    tell_party(
        party,
        event="member.joined",
        key=f"member-joined:{membership.pk}",
        sentence=gettext_noop("%(person)s now speaks for %(party)s as %(t_role)s."),
        params={"person": str(person), "party": party.name, "t_role": _word(invitation.role)},
        url=members_url(party),
    )
    return membership


@transaction.atomic
def decline_invitation(actor: Actor, *, invitation: Invitation) -> None:
    """The person with the link says no."""
    actor, invitation = _lock_invitation(actor, invitation)
    rules.can_answer_invitation(actor, invitation).require()
    _end_invitation(invitation, InvitationStatus.DECLINED)
    audit.record(actor, "decline_invitation", invitation.party)
    tell_party(
        invitation.party,
        event="member.declined",
        key=f"member-declined:{invitation.pk}",
        sentence=gettext_noop("%(address)s declined to speak for %(party)s."),
        params={"address": invitation.address, "party": invitation.party.name},
        url=members_url(invitation.party),
    )


def expire_invitations() -> int:
    """End what nobody answered in time: invitations, and offers of an ownership."""
    with transaction.atomic():
        return _expire(Invitation.objects.all()) + expire_offers(OwnershipOffer.objects.all())


# --- roles ---------------------------------------------------------------------------------------


@transaction.atomic
def change_role(actor: Actor, *, membership: Membership, role: Role) -> Membership:
    """Give a colleague another role."""
    actor, membership = _lock_membership(actor, membership)
    rules.can_change_role(actor, membership, role).require()
    if membership.role == role:
        return membership
    before, membership.role = membership.role, role
    membership.role_since = clock.now()
    membership.save(update_fields=["role", "role_since"])
    party = membership.party
    end_offers(party, taker=membership.user)
    audit.record(
        actor,
        "change_role",
        party,
        before={"user": membership.user_id, "role": before},
        after={"user": membership.user_id, "role": role},
    )
    tell_member(
        membership.user,
        party,
        event="member.role",
        sentence=gettext_noop("In %(party)s you are now: %(t_role)s."),
        params={"party": party.name, "t_role": _word(role)},
    )
    return membership


@transaction.atomic
def remove_member(actor: Actor, *, membership: Membership) -> None:
    """A colleague no longer speaks for the party, from this moment on."""
    actor, membership = _lock_membership(actor, membership)
    rules.can_remove_member(actor, membership).require()
    person, party = membership.user, membership.party
    _end_membership(actor, membership, verb="remove_member")
    tell_member(
        person,
        party,
        event="member.removed",
        sentence=gettext_noop("You no longer speak for %(party)s."),
        params={"party": party.name},
        url="/workbench/",
    )


@transaction.atomic
def leave_party(actor: Actor, *, party: Party) -> None:
    """Stop speaking for the party oneself."""
    actor = lock_members(actor, party)
    rules.can_leave_party(actor, party).require()
    membership = Membership.objects.get(user=actor.user, party=party)
    _end_membership(actor, membership, verb="leave_party")
    tell_party(
        party,
        event="member.left",
        key=f"member-left:{membership.user_id}:{clock.now().isoformat()}",
        sentence=gettext_noop("%(person)s left %(party)s."),
        params={"person": str(actor.user), "party": party.name},
        url=members_url(party),
    )


# --- how -----------------------------------------------------------------------------------------


def _lock_invitation(actor: Actor, invitation: Invitation) -> tuple[Actor, Invitation]:
    actor = lock_members(actor, invitation.party)
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True).select_related("party")
    return actor, rows.get(pk=invitation.pk)


def _lock_membership(actor: Actor, membership: Membership) -> tuple[Actor, Membership]:
    actor = lock_members(actor, membership.party)
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related(
        "party", "user"
    )
    found = rows.filter(pk=membership.pk).first()
    if found is None:
        raise Refused(conflict(_("This person no longer speaks for the party.")))
    return actor, found


def _refuse_members(party: Party, email: str, phone: str) -> None:
    """Nobody is asked to join who is in already."""
    mine = Membership.objects.filter(party=party)
    way = {"user__email__iexact": email} if email else {"user__phone": phone}
    if mine.filter(**way).exists():
        raise Refused(conflict(_("This person speaks for the party already.")))


def _insert(invitation: Invitation) -> None:
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        if "invitation_one_pending" not in str(error):
            raise
        sentence = _("This person has an invitation already; send it again instead.")
        raise Refused(conflict(sentence)) from error


def _send(invitation: Invitation) -> None:
    outbox.put(
        "portal.parties.tasks.send_invitation",
        key=f"invitation:{invitation.pk}:{invitation.sendings}",
        payload={"invitation_id": str(invitation.pk), "sending": invitation.sendings},
    )


def _end_invitation(invitation: Invitation, status: InvitationStatus) -> None:
    assert rules.may_end_as(invitation.status, status)
    invitation.status, invitation.ended_at = status, clock.now()
    invitation.save(update_fields=["status", "ended_at", "accepted_by"])


def _end_membership(actor: Actor, membership: Membership, *, verb: str) -> None:
    party = membership.party
    end_offers(party, taker=membership.user)
    before = {"user": membership.user_id, "role": membership.role}
    membership.delete()
    # The chat may be theirs alone; whoever stays adds the party's own.
    end_bots_of_party(membership.party_id, made_by=membership.user_id)
    audit.record(actor, verb, party, before=before)


def _expire(invitations: QuerySet[Invitation]) -> int:
    """End those among them that nobody answered in time; how many."""
    late = invitations.filter(status=InvitationStatus.PENDING, expires_at__lte=clock.now())
    rows = late.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related(
        "party"
    )
    for invitation in (expired := list(rows)):
        _end_invitation(invitation, InvitationStatus.EXPIRED)
        audit.record(system_actor("task"), "expire_invitation", invitation.party)
    return len(expired)


def _word(role: str) -> str:
    """The role as a source string; the notice is read in its reader's language."""
    return {"owner": "Owner", "manager": "Manager", "finance": "Finance", "member": "Member"}[role]
