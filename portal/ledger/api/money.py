"""A party's own money for machines: its accounts with their balances, every entry, and an account
line by line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.schema import reads
from portal.core.web import whole_number
from portal.ledger import rules, selectors
from portal.ledger.models import Account, Entry
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


class StatementLineSerializer(serializers.Serializer[Any]):
    """A line with the balance after it."""

    entry = MoneyEntrySerializer()
    after_fen = serializers.IntegerField(source="after")


class StatementSerializer(serializers.Serializer[Any]):
    """A page, newest first. `older` and `newer` are cursors of the pages beside it; empty: none."""

    account = serializers.IntegerField()
    balance_fen = serializers.IntegerField(help_text="Now.")
    lines = StatementLineSerializer(many=True)
    older = serializers.CharField(allow_blank=True)
    newer = serializers.CharField(allow_blank=True)


class AsOfSerializer(serializers.Serializer[Any]):
    """The balance at the end of a day in Shanghai, by both dates."""

    account = serializers.IntegerField()
    on = serializers.DateField()
    occurred_fen = serializers.IntegerField(
        help_text="What had happened by then, as far as is known today."
    )
    posted_fen = serializers.IntegerField(help_text="What the books said then.")


class _DaySerializer(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)


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


class StatementView(generics.GenericAPIView[Account]):
    serializer_class = StatementSerializer
    pagination_class = None
    queryset = Account.objects.none()

    @reads(
        StatementSerializer,
        OpenApiParameter("cursor", str, description="Of the page before or behind it."),
    )
    def get(self, request: Request, pk: int) -> Response:
        """An account of yours line by line, each with the balance after it."""
        account = _own_account(request, pk)
        page = selectors.statement(account.pk, request.query_params.get("cursor", ""))
        found = {
            "account": account.pk,
            "balance_fen": selectors.balance(account.pk),
            "lines": page.lines,
            "older": page.older,
            "newer": page.newer,
        }
        return Response(StatementSerializer(found).data)


class AsOfView(generics.GenericAPIView[Account]):
    serializer_class = AsOfSerializer
    pagination_class = None
    queryset = Account.objects.none()

    @reads(AsOfSerializer, OpenApiParameter("on", date, description="The day; today without it."))
    def get(self, request: Request, pk: int) -> Response:
        """What was on an account of yours at the end of a day."""
        account = _own_account(request, pk)
        asked = _DaySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("on") or clock.today()
        end = selectors.end_of(day)
        found = {
            "account": account.pk,
            "on": day,
            "occurred_fen": selectors.balance_occurred(account.pk, end),
            "posted_fen": selectors.balance_posted(account.pk, end),
        }
        return Response(AsOfSerializer(found).data)


def _own_account(request: Request, pk: int) -> Account:
    account = get_object_or_404(Account.objects.visible_to(request.actor), pk=pk)
    rules.can_see_money(request.actor).require()
    return account
