"""What the tests of the catalogue ask again and again."""

import pytest
from django.db import transaction

from matchmaking.catalogue.models import Plan, PlanCreator, Product
from portal.core.models import AuditEntry
from portal.core.verdict import Refused


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written. The verdict."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert str(caught.value.verdict.reason)
    assert snapshot() == before
    return caught.value.verdict


def snapshot():
    return (
        list(Product.objects.order_by("pk").values()),
        list(Plan.objects.order_by("pk").values()),
        list(PlanCreator.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )
