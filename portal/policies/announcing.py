"""Telling everybody who agreed to a document that it will change: long work, in batches."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.jobs import Progress, job
from portal.notices.services import notify
from portal.policies.models import Consent, Version
from portal.policies.services import ANNOUNCE

BATCH = 200
SENTENCE = gettext_noop("A new version of this document begins on %(day)s: %(t_title)s.")


@job(ANNOUNCE)
def announce_version(progress: Progress, args: dict[str, Any]) -> None:
    version = Version.objects.get(pk=args["version"])
    people = Consent.objects.standing().filter(version__kind=version.kind, user__is_active=True)
    users = people.order_by("user").values_list("user_id", flat=True).distinct()
    total = users.count()
    with translation.override("en"):  # the source: whoever looks reads it in their language
        step = str(version.get_kind_display())
    while batch := list(users.filter(user__gt=progress.checkpoint.get("user", 0))[:BATCH]):
        with transaction.atomic():
            _tell(version, batch)
            progress.checkpoint["user"] = batch[-1]
            done = min(progress.checkpoint.get("done", 0) + len(batch), total)
            progress.checkpoint["done"] = done
            progress.report(done=done, total=total, step=step)


def _tell(version: Version, users: list[int]) -> None:
    with translation.override("en"):  # the source string: each reader sees it in their language
        title = version.title
    notify(
        users,
        party_id=None,
        event="policies.announced",
        key=f"policies-announced:{version.pk}",
        sentence=SENTENCE,
        params={
            "day": f"{version.effective_from.astimezone(clock.SHANGHAI):%Y-%m-%d}",
            "t_title": title,
        },
        url=version.get_absolute_url(),
    )
