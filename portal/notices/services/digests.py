"""The daily mail with what gathered."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from portal.core import clock
from portal.notices.models import Digest, Notice
from portal.notices.services.deliveries import put_digest

OLDEST = timedelta(days=7)  # what waited longer is no news any more
MOST = 5_000  # people at once; the next turn takes the others


def send_digests() -> int:
    """One for each person for whom something gathered and who has none today yet. Safe to run
    twice; each person's is a transaction of its own."""
    today = clock.today()
    waiting = Notice.objects.gathering().filter(created_at__gt=clock.now() - OLDEST)
    done = Digest.objects.filter(day=today).values("user")
    people = waiting.exclude(user__in=done).order_by("user").values_list("user", flat=True)
    return sum(_make_digest(person) for person in people.distinct()[:MOST])


def _make_digest(user_id: int) -> int:
    try:
        with transaction.atomic():
            now = clock.now()
            digest = Digest.objects.create(user_id=user_id, day=clock.today(), created_at=now)
            mine = Notice.objects.gathering().filter(user=user_id)
            mine.filter(created_at__lte=now - OLDEST).update(awaits_digest=False)
            if not mine.update(awaits_digest=False, digest=digest):
                digest.delete()  # read in this very moment
                return 0
            put_digest(digest)
            return 1
    except IntegrityError:  # another beat made it meanwhile
        return 0
