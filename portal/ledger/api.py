"""A party's own money for machines: its accounts with their balances, and every entry."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.schema import reads
from portal.core.web import whole_number
from portal.ledger import rules, selectors
from portal.ledger.models import Entry
from portal.ledger.states import Currency, Kind, Track


class MoneyAccountSerializer(serializers.Serializer[Any]):
    """One account. Estimated and settled money are never added together."""

    id = serializers.IntegerField(source="account_id")
    kind = serializers.ChoiceField(Kind.choices)
    track = serializers.ChoiceField(Track.choices)
    currency = serializers.ChoiceField(Currency.choices)
    balance_fen = serializers.IntegerField(
        source="amount", help_text="What you have coming; below zero you owe it."
    )


class MoneyEntrySerializer(serializers.Serializer[Any]):
    """One line of an account."""

    id = serializers.IntegerField()
    account = serializers.IntegerField(source="account_id")
    amount_fen = serializers.IntegerField(source="amount")
    part = serializers.CharField(help_text="Which part of its cause, such as `commission`.")
    text = serializers.CharField(source="journal.text")
    cause_type = serializers.CharField(source="journal.cause_type")
    cause_id = serializers.CharField(source="journal.cause_id")
    occurred_at = serializers.DateTimeField(source="journal.occurred_at")
    posted_at = serializers.DateTimeField(source="journal.posted_at")
    period = serializers.DateField(
        source="journal.period", help_text="First day of the month it counts in."
    )


class AccountsView(generics.GenericAPIView[Any]):
    """Accounts of the party you speak for."""

    serializer_class = MoneyAccountSerializer
    pagination_class = None

    @reads(MoneyAccountSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Every account with its balance, all at one moment."""
        rules.can_see_money(request.actor).require()
        found = selectors.balances_of(request.actor.party_id)
        return Response(MoneyAccountSerializer(found, many=True).data)


class EntriesView(generics.ListAPIView[Entry]):
    """Entries of your accounts, newest first."""

    queryset = Entry.objects.none()
    serializer_class = MoneyEntrySerializer

    @reads(
        MoneyEntrySerializer(many=True),
        OpenApiParameter("account", int, description="Of this account of yours only."),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rules.can_see_money(request.actor).require()
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Entry]:
        own = Entry.objects.visible_to(self.request.actor).select_related("journal")
        asked = self.request.query_params.get("account")
        return own if asked is None else own.filter(account=whole_number(asked))
