"""What the holder is told: themselves, or who manages the party for who has no account here."""

from __future__ import annotations

from typing import Any

from portal.notices.services import notify
from portal.parties.services import tell_party
from training.certificates.models import Certificate


def tell_holder(certificate: Certificate, event: str, key: str, sentence: str, **more: Any) -> None:
    """`certificate` as `whole()` reads it."""
    learner, enrolment = certificate.learner, certificate.enrolment
    words: dict[str, Any] = {
        "event": f"certificate.{event}",
        "key": f"certificate-{event}:{certificate.pk}:{key}",
        "sentence": sentence,
        "params": {
            "course": certificate.course.title_zh,
            "who": learner.name,
            "day": certificate.expires_on.isoformat(),
            **more,
        },
        "url": certificate.get_absolute_url(),
    }
    if learner.user_id is not None:
        notify([learner.user_id], party_id=enrolment.party_id, **words)
    else:
        tell_party(enrolment.party, **words)
