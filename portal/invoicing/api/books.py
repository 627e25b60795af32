"""Vouchers and ages for machines; the vouchers' file is an export of kind `invoicing.vouchers`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.schema import reads
from portal.invoicing import rules, selectors
from portal.invoicing.models import AgedBalance, VoucherTemplate
from portal.ledger.states import Kind


class VoucherAmountSerializer(serializers.Serializer[Any]):
    """One account of one kind of business; empty codes where the template names no account."""

    business = serializers.CharField(source="group")
    ledger_kind = serializers.ChoiceField(Kind.choices, source="kind")
    account_code = serializers.CharField()
    account_name = serializers.CharField()
    debit_fen = serializers.IntegerField(source="debit")
    credit_fen = serializers.IntegerField(source="credit")


class VoucherMonthSerializer(serializers.Serializer[Any]):
    """`debit_fen` equals `credit_fen`, or the books are wrong."""

    month = serializers.DateField(help_text="Its first day.")
    template = serializers.CharField()
    debit_fen = serializers.IntegerField()
    credit_fen = serializers.IntegerField()
    rows = VoucherAmountSerializer(many=True)


class AgeRowSerializer(serializers.Serializer[Any]):
    """`buckets_fen`: not due yet, 1-30, 31-60, 61-90, 91-180 and more days."""

    title = serializers.CharField(source="label")
    buckets_fen = serializers.ListField(child=serializers.IntegerField(), source="sums")
    total_fen = serializers.IntegerField(source="total")


class AgeingSerializer(serializers.Serializer[Any]):
    """`counted_at`: when balances were counted; bills are as they are now."""

    counted_at = serializers.DateTimeField(allow_null=True)
    rows = AgeRowSerializer(many=True)


class _AskedSerializer(serializers.Serializer[Any]):
    month = serializers.DateField(required=False)
    template = serializers.SlugField(default="yonyou")


class VouchersView(generics.GenericAPIView[VoucherTemplate]):
    serializer_class = VoucherMonthSerializer
    pagination_class = None

    @reads(
        VoucherMonthSerializer,
        OpenApiParameter("month", date, description="A day of the month; this month without it."),
        OpenApiParameter("template", str, description="`yonyou` without it, or `kingdee`."),
    )
    def get(self, request: Request) -> Response:
        """What a month's vouchers add up to, by kind of business and account."""
        rules.can_see_vouchers(request.actor).require()
        asked = _AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        templates = VoucherTemplate.objects.prefetch_related("accounts")
        template = get_object_or_404(templates, pk=asked.validated_data["template"])
        day = asked.validated_data.get("month") or clock.today()
        found = _vouchers(day.replace(day=1), template)
        return Response(VoucherMonthSerializer(found).data)


def _vouchers(month: date, template: VoucherTemplate) -> dict[str, Any]:
    sums = selectors.sums_of(month)
    accounts = {row.kind: row for row in template.accounts.all()}
    rows = [
        {
            "group": row.group,
            "kind": row.kind,
            "account_code": accounts[row.kind].code if row.kind in accounts else "",
            "account_name": accounts[row.kind].name if row.kind in accounts else "",
            "debit": row.debit,
            "credit": row.credit,
        }
        for row in sums
    ]
    return {
        "month": month,
        "template": template.pk,
        "debit_fen": sum(row.debit for row in sums),
        "credit_fen": sum(row.credit for row in sums),
        "rows": rows,
    }


class AgeingView(generics.GenericAPIView[AgedBalance]):
    serializer_class = AgeingSerializer
    pagination_class = None

    @reads(AgeingSerializer)
    def get(self, request: Request) -> Response:
        """What is owed, by age: of the party one speaks for, of everybody for the platform's
        finance."""
        rules.can_see_ageing(request.actor).require()
        actor = request.actor
        counted = AgedBalance.objects.visible_to(actor).order_by("-counted_at").first()
        found = {
            "counted_at": counted.counted_at if counted else None,
            "rows": [*selectors.bill_ages(actor), *selectors.balance_ages(actor)],
        }
        return Response(AgeingSerializer(found).data)
