"""What the holder is told: themselves, or who manages the party for who has no account here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.notices.models import Notice
from portal.notices.services import notify, notify_many
from portal.parties.services import tell_party
from training.certificates.models import Certificate

OF_TEAM = gettext_noop("People of yours have their certificates for “%(course)s”.")


def tell_holder(certificate: Certificate, event: str, key: str, sentence: str, **more: Any) -> None:
    """`certificate` as `whole()` reads it."""
    learner, enrolment = certificate.learner, certificate.enrolment
    words = _words(certificate, event, key, sentence, more)
    if learner.user_id is not None:
        notify([learner.user_id], party_id=enrolment.party_id, **words)
    else:
        tell_party(enrolment.party, **words)


def tell_many_holders(told: Sequence[tuple[Certificate, str]], event: str, run: str) -> None:
    """Each with its sentence, in one run: those with an account at once; a party once for all of
    its people without one."""
    notify_many(
        [
            Notice(
                user_id=one.learner.user_id,
                party_id=one.enrolment.party_id,
                created_at=clock.now(),
                **_words(one, event, "", sentence, {}),
            )
            for one, sentence in told
            if one.learner.user_id is not None
        ]
    )
    of_team = {one.enrolment.party_id: one for one, _ in told if one.learner.user_id is None}
    for one in of_team.values():
        words = _words(one, event, run, OF_TEAM, {})
        words["key"] = f"certificate-{event}:{run}:{one.enrolment.party_id}"
        words["url"] = reverse("certificate_team")
        tell_party(one.party, **words)


def _words(
    certificate: Certificate, event: str, key: str, sentence: str, more: dict[str, Any]
) -> dict[str, Any]:
    return {
        "event": f"certificate.{event}",
        "key": f"certificate-{event}:{certificate.pk}:{key}",
        "sentence": sentence,
        "params": {
            "course": certificate.course.title_zh,
            "who": certificate.learner.name,
            "day": certificate.expires_on.isoformat(),
            **more,
        },
        "url": certificate.get_absolute_url(),
    }
