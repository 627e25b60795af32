"""What is read off a snapshot as a whole: its segments, what its ranks rest on, whom it moves."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class HistogramBarSerializer(serializers.Serializer[Any]):
    """How many lie from the one up to the other, in points."""

    low = serializers.IntegerField(source="from")
    high = serializers.IntegerField(source="to")
    count = serializers.IntegerField()


class SegmentDistributionSerializer(serializers.Serializer[Any]):
    """One segment. The median and the bars of ten points are told for eight rated or more;
    `coverage` is the mean share of the weight with data, in percent."""

    segment = serializers.CharField()
    rated = serializers.IntegerField()
    unrated = serializers.IntegerField()
    coverage = serializers.FloatField()
    median = serializers.FloatField(allow_null=True)
    bars = HistogramBarSerializer(many=True)
    tied = serializers.IntegerField()


class SensitivitySerializer(serializers.Serializer[Any]):
    """One dimension with a quarter more and a quarter less weight: the rank correlation with the
    order as it is, and the most places anybody moves inside a segment."""

    dimension = serializers.CharField(source="name")
    more = serializers.FloatField(allow_null=True)
    less = serializers.FloatField(allow_null=True)
    most_places = serializers.IntegerField()


class SegmentImpactSerializer(serializers.Serializer[Any]):
    segment = serializers.CharField()
    rated = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    risen = serializers.IntegerField()
    fallen = serializers.IntegerField()
    most = serializers.FloatField(allow_null=True)
    rank_correlation = serializers.FloatField(allow_null=True)


class MoverSerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(source="party_id")
    service = serializers.IntegerField(source="service_id", allow_null=True)
    segment = serializers.CharField()
    before = serializers.FloatField()
    after = serializers.FloatField()
    points = serializers.FloatField()
    places = serializers.IntegerField(help_text="Above zero for the better.")


class SnapshotImpactSerializer(serializers.Serializer[Any]):
    """Against `base`, by the same facts or those corrected since: whom it moves, and how far."""

    base = serializers.IntegerField()
    rated_before = serializers.IntegerField()
    rated_after = serializers.IntegerField()
    everybody = SegmentImpactSerializer()
    segments = SegmentImpactSerializer(many=True)
    histogram = HistogramBarSerializer(many=True)
    movers = MoverSerializer(many=True)
