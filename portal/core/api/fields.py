"""Fields the serializers share."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MOST_IDS = 100
MOST = 2**63 - 1  # of a key in the database


class IdsField(serializers.ListField):
    """Some rows of `queryset`, by their ids: looked up with one query, however many they are.
    The clean value is the ids, each once."""

    default_error_messages = {  # noqa: RUF012 - REST framework's own way
        "unknown": _("There is nothing with these ids: %(ids)s.")
    }

    def __init__(self, *, queryset: QuerySet[Any], **options: Any) -> None:
        self.queryset = queryset
        child = serializers.IntegerField(min_value=1, max_value=MOST)
        super().__init__(child=child, max_length=MOST_IDS, **options)

    def to_internal_value(self, data: Any) -> list[int]:
        if isinstance(data, list) and len(data) > MOST_IDS:  # before a look at any of them
            self.fail("max_length", max_length=MOST_IDS)
        ids = list(dict.fromkeys(super().to_internal_value(data)))
        known = set(self.queryset.filter(pk__in=ids).values_list("pk", flat=True))
        if unknown := [str(pk) for pk in ids if pk not in known]:
            sentence = self.error_messages["unknown"] % {"ids": ", ".join(unknown)}
            raise serializers.ValidationError(sentence, code="unknown")
        return ids

    def to_representation(self, data: Any) -> list[int]:
        rows: QuerySet[Model] = data.all()
        return [row.pk for row in rows]
