"""What the tests of needs ask again and again."""

import pytest
from django.db import transaction

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal, Talk
from portal.core import audit
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Party


def refused(status, service, *args, **kwargs):
    """The service refuses with this status, and nothing at all is written."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert str(caught.value.verdict.reason)
    assert snapshot() == before
    return caught.value.verdict


def snapshot():
    return (
        list(Need.objects.order_by("pk").values()),
        list(Proposal.objects.order_by("pk").values()),
        list(Talk.objects.order_by("pk").values()),
        Cooperation.objects.count(),
        AuditEntry.objects.count(),
        Notice.objects.count(),
    )


def reread(row):
    return type(row).objects.get(pk=row.pk)


def verbs(row):
    return [entry.verb for entry in audit.trail(row)]


def set_status(party, status):
    Party.objects.filter(pk=party.pk).update(status=status)
    party.refresh_from_db()


def notices_of(person, event):
    return list(Notice.objects.filter(user=person.user, event=event).order_by("pk"))


def english(person):
    """A browser of somebody who reads English."""
    browser = person.browser()
    browser.cookies["django_language"] = "en"
    return browser
