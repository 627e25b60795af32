"""Lock order: the enrolment, then its certificate."""

from training.certificates.services.bulk import bring_certificates, start_issue
from training.certificates.services.ending import (
    expire_certificates,
    remind_certificates,
    restore_certificate,
    revoke_certificate,
)

__all__ = [
    "bring_certificates",
    "expire_certificates",
    "remind_certificates",
    "restore_certificate",
    "revoke_certificate",
    "start_issue",
]
