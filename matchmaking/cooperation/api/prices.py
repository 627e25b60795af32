"""Prices over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from portal.core.forms import MAX_FEN


class LadderSerializer(serializers.Serializer[Any]):
    """A price in any form. `ladder`: [fen of GMV over the term, basis points of what is above] of
    each step, the first from 0 with `share_bp`; empty where the share does not climb.
    `is_guarantee`: the greater of the fees of the term and the share is paid, not both."""

    monthly_fee_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN)
    share_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    ladder = serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(min_value=0, max_value=MAX_FEN),
            min_length=2,
            max_length=2,
        ),
        required=False,
        default=list,
    )
    is_guarantee = serializers.BooleanField(default=False)
