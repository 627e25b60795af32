"""Papers as machines read and write them: fen, basis points, days half open."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.core.forms import MAX_FEN
from portal.revenue.models import AgreementVersion
from portal.revenue.states import CHOSEN, PaperRole, Side

MOST_PARTS = 20


class TermsSerializer(serializers.Serializer[Any]):
    """`components` and `period_components` as in docs/splits.md; parties are `payer`, `payee` and
    `platform`, and the payer gets what they leave. `invoice_components`, which no order pays, as in
    docs/agreements.md. `ends_on` is the day after the last one."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    components = serializers.ListField(child=serializers.DictField(), max_length=MOST_PARTS)
    period_components = serializers.ListField(
        child=serializers.DictField(), max_length=MOST_PARTS, default=list
    )
    invoice_components = serializers.ListField(
        child=serializers.DictField(), max_length=MOST_PARTS, default=list
    )
    paid_to = serializers.DictField(allow_null=True, default=None)
    seal = serializers.DictField(allow_null=True, default=None)
    signers = serializers.ChoiceField(["", "owner", "managing"], default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class NewAgreementSerializer(TermsSerializer):
    """`we_pay`: whether your party is the payer."""

    other = serializers.IntegerField(min_value=1)
    we_pay = serializers.BooleanField()
    role = serializers.ChoiceField(PaperRole.choices)
    scope_kind = serializers.ChoiceField(CHOSEN, default="whole")
    scope_key = serializers.CharField(max_length=60, allow_blank=True, default="")


class AgreementVersionSerializer(serializers.Serializer[Any]):
    """`in_force_from` and `in_force_until` (the day after the last one) are the days it holds;
    a version that was replaced before it began has neither."""

    id = serializers.UUIDField()
    agreement = serializers.UUIDField(source="agreement_id")
    number = serializers.IntegerField()
    status = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    components = serializers.SerializerMethodField()
    period_components = serializers.SerializerMethodField()
    invoice_components = serializers.SerializerMethodField()
    paid_to = serializers.SerializerMethodField()
    seal = serializers.SerializerMethodField()
    signers = serializers.SerializerMethodField()
    seal_due_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    sha256 = serializers.CharField()
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    in_force_from = serializers.DateField(source="in_force.lower", allow_null=True, default=None)
    in_force_until = serializers.DateField(source="in_force.upper", allow_null=True, default=None)

    def get_components(self, version: AgreementVersion) -> list[dict[str, Any]]:
        return version.data["components"]

    def get_period_components(self, version: AgreementVersion) -> list[dict[str, Any]]:
        return version.data["period_components"]

    def get_invoice_components(self, version: AgreementVersion) -> list[dict[str, Any]]:
        return version.data.get("invoice_components", [])

    def get_paid_to(self, version: AgreementVersion) -> dict[str, Any] | None:
        return version.data.get("paid_to")

    def get_seal(self, version: AgreementVersion) -> dict[str, Any] | None:
        return version.data.get("seal")

    def get_signers(self, version: AgreementVersion) -> str:
        return str(version.data.get("signers", ""))


class AgreementSerializer(serializers.Serializer[Any]):
    """`versions`: the last one first."""

    id = serializers.UUIDField()
    payer = serializers.IntegerField(
        source="payer_id", allow_null=True, help_text="Null: the platform."
    )
    payer_name = serializers.CharField(source="payer.name")
    payee = serializers.IntegerField(source="payee_id")
    payee_name = serializers.CharField(source="payee.name")
    role = serializers.CharField()
    scope_kind = serializers.CharField()
    scope_key = serializers.CharField()
    created_at = serializers.DateTimeField()
    versions = AgreementVersionSerializer(many=True)


class PreviewRequestSerializer(serializers.Serializer[Any]):
    """Terms, and the order to be split by them."""

    components = serializers.ListField(child=serializers.DictField(), max_length=MOST_PARTS)
    gross_fen = serializers.IntegerField(min_value=1, max_value=MAX_FEN, default=19_900)


class PreviewLegSerializer(serializers.Serializer[Any]):
    component = serializers.CharField(source="leg.component")
    party = serializers.ChoiceField(Side.choices, source="leg.party")
    amount_fen = serializers.IntegerField(source="amount")
    formula = serializers.CharField(help_text="In words, in the language of the request")


class PreviewSerializer(serializers.Serializer[Any]):
    gross_fen = serializers.IntegerField(source="gross")
    legs = PreviewLegSerializer(many=True)


class VersionSealSerializer(serializers.Serializer[Any]):
    """`file`: the id of an upload of yours for `agreement-seal`; `code`: beside the QR."""

    file = serializers.UUIDField()
    code = serializers.CharField(max_length=16)
