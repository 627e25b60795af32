"""A party's people over the API: the same services and sentences as the pages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.api.idempotency import idempotent
from portal.core.api.schema import reads, writes
from portal.core.verdict import Refused, unmet
from portal.parties import rules, selectors, services
from portal.parties.models import (
    Invitation,
    Membership,
    MembershipScope,
    OwnershipOffer,
    Party,
)
from portal.parties.scopes import shop_choices
from portal.parties.states import Role

GIVABLE = [(role.value, role.label) for role in Role if role != Role.OWNER]


class MemberSerializer(serializers.Serializer[Any]):
    """Somebody who speaks for the party."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="user.name")
    role = serializers.CharField()
    since = serializers.DateTimeField(source="created_at")


class MemberInvitationSerializer(serializers.Serializer[Any]):
    """An invitation; of the address, half is shown."""

    id = serializers.UUIDField()
    address = serializers.CharField()
    role = serializers.ChoiceField(GIVABLE)
    status = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MemberInvitingSerializer(serializers.Serializer[Any]):
    """Whom to invite: a mail address or a phone number."""

    email = serializers.EmailField(required=False, default="")
    phone = serializers.CharField(required=False, default="", max_length=20)
    role = serializers.ChoiceField(GIVABLE)


class GivenRoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(GIVABLE)


class OwnershipSerializer(serializers.Serializer[Any]):
    """An offer of the ownership: from whom, to whom, until when."""

    giver = serializers.CharField(source="giver.name")
    taker = serializers.CharField(source="taker.name")
    status = serializers.CharField()
    expires_at = serializers.DateTimeField()


class OwnershipOfferingSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class OwnershipAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.ChoiceField([("accept", "accept"), ("decline", "decline")])


class MembersView(APIView):
    """The people of a party."""

    @extend_schema(operation_id="parties_members_list")
    @reads(MemberSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = Membership.objects.filter(party=_party(request, pk)).select_related("user")
        return Response(MemberSerializer(rows.order_by("pk"), many=True).data)


class MemberRoleView(APIView):
    @writes(MemberSerializer, request=GivenRoleSerializer)
    @idempotent
    def post(self, request: Request, pk: int, member: int) -> Response:
        """Give a colleague another role."""
        membership = _membership(request, pk, member)
        role = Role(_bound(GivenRoleSerializer, request)["role"])
        changed = services.change_role(request.actor, membership=membership, role=role)
        return Response(MemberSerializer(changed).data)


class MemberRemovalView(APIView):
    @writes(MemberSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int, member: int) -> Response:
        """End a colleague's membership."""
        membership = _membership(request, pk, member)
        shown = MemberSerializer(membership).data
        services.remove_member(request.actor, membership=membership)
        return Response(shown)


class MemberScopeSerializer(serializers.Serializer[Any]):
    """For whom a member works: `named` parties (a merchant's: shops), or everybody."""

    is_narrowed = serializers.BooleanField()
    parties = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        default=list,
        max_length=500,
        help_text="Creators of an agency, merchants of a provider.",
    )
    shops = serializers.ListField(
        child=serializers.CharField(max_length=60),
        default=list,
        max_length=500,
        help_text="Numbers of a merchant's proven shops.",
    )


class MemberScopeView(APIView):
    @reads(MemberScopeSerializer)
    def get(self, request: Request, pk: int, member: int) -> Response:
        """For whom a colleague works."""
        membership = _membership(request, pk, member)
        rules.can_narrow_member(request.actor, membership).require()
        return Response(_scope_of(membership))

    @writes(MemberScopeSerializer, request=MemberScopeSerializer)
    @idempotent
    def post(self, request: Request, pk: int, member: int) -> Response:
        """Narrow a colleague to some, or widen them to everybody again."""
        membership = _membership(request, pk, member)
        rules.can_narrow_member(request.actor, membership).require()
        data = _bound(MemberScopeSerializer, request)
        parties = Party.objects.filter(pk__in=data["parties"])
        shops = shop_choices(membership.party).filter(handle__in=data["shops"])
        if len(parties) < len(set(data["parties"])) or len(shops) < len(set(data["shops"])):
            raise Refused(unmet(_("Choose among those the party works with.")))
        services.narrow_member(
            request.actor,
            membership=membership,
            parties=list(parties) if data["is_narrowed"] else None,
            shops=list(shops),
        )
        return Response(_scope_of(membership))


def _scope_of(membership: Membership) -> dict[str, Any]:
    scope = MembershipScope.objects.filter(membership=membership).first()
    return {
        "is_narrowed": scope is not None,
        "parties": sorted(scope.parties.values_list("pk", flat=True)) if scope else [],
        "shops": sorted(scope.shops.values_list("handle", flat=True)) if scope else [],
    }


class DepartureView(APIView):
    @writes(OwnershipAnswerSerializer, request=None, status=204)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Leave the party."""
        services.leave_party(request.actor, party=_party(request, pk))
        return Response(status=204)


class InvitationsView(APIView):
    @extend_schema(operation_id="parties_invitations_list")
    @reads(MemberInvitationSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The invitations that wait for an answer."""
        party = _party(request, pk)
        rules.can_manage_members(request.actor, party).require()
        return Response(
            MemberInvitationSerializer(selectors.open_invitations(party), many=True).data
        )

    @writes(MemberInvitationSerializer, request=MemberInvitingSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Invite somebody by mail or by phone."""
        party = _party(request, pk)
        rules.can_manage_members(request.actor, party).require()
        data = _bound(MemberInvitingSerializer, request)
        invitation = services.invite_member(
            request.actor,
            party=party,
            role=Role(data["role"]),
            email=data["email"],
            phone=data["phone"],
        )
        return Response(MemberInvitationSerializer(invitation).data, status=201)


class InvitationSendingView(APIView):
    @writes(MemberInvitationSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int, invitation: str) -> Response:
        """Send it once more, with a fresh link."""
        found = _invitation(request, pk, invitation)
        sent = services.resend_invitation(request.actor, invitation=found)
        return Response(MemberInvitationSerializer(sent).data)


class InvitationWithdrawalView(APIView):
    @writes(MemberInvitationSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int, invitation: str) -> Response:
        """Take it back."""
        found = _invitation(request, pk, invitation)
        services.withdraw_invitation(request.actor, invitation=found)
        found.refresh_from_db()
        return Response(MemberInvitationSerializer(found).data)


class OwnershipView(APIView):
    @extend_schema(operation_id="parties_ownership_retrieve")
    @reads(OwnershipSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The offer of the ownership made last."""
        return Response(OwnershipSerializer(_offer(request, pk)).data)

    @writes(OwnershipSerializer, request=OwnershipOfferingSerializer, status=201)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Offer the ownership to a colleague."""
        party = _party(request, pk)
        rules.can_offer_ownership(request.actor, party).require()
        member = _membership(request, pk, _bound(OwnershipOfferingSerializer, request)["member"])
        offer = services.offer_ownership(request.actor, party=party, person=member.user)
        return Response(OwnershipSerializer(offer).data, status=201)


class OwnershipWithdrawalView(APIView):
    @writes(OwnershipSerializer, request=None)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Take the offer back."""
        services.withdraw_ownership(request.actor, offer=_offer(request, pk))
        return Response(OwnershipSerializer(_offer(request, pk)).data)


class OwnershipAnswerView(APIView):
    @writes(OwnershipSerializer, request=OwnershipAnswerSerializer)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Accept or decline the ownership one was offered."""
        offer = _offer(request, pk)
        rules.can_answer_ownership(request.actor, offer).require()
        accepts = _bound(OwnershipAnswerSerializer, request)["answer"] == "accept"
        answer = services.accept_ownership if accepts else services.decline_ownership
        answer(request.actor, offer=offer)
        return Response(OwnershipSerializer(_offer(request, pk)).data)


def _bound(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    bound = form(data=request.data)
    bound.is_valid(raise_exception=True)
    return dict(bound.validated_data)


def _party(request: Request, pk: int) -> Party:
    return get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)


def _membership(request: Request, pk: int, member: int) -> Membership:
    rows = Membership.objects.filter(party=_party(request, pk)).select_related("party", "user")
    return get_object_or_404(rows, pk=member)


def _invitation(request: Request, pk: int, invitation: str) -> Invitation:
    rows = Invitation.objects.filter(party=_party(request, pk)).select_related("party")
    return get_object_or_404(rows, pk=invitation)


def _offer(request: Request, pk: int) -> OwnershipOffer:
    rows = OwnershipOffer.objects.filter(party=_party(request, pk))
    return get_object_or_404(rows.select_related("party", "giver", "taker").order_by("-pk")[:1])
