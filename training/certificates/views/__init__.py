from training.certificates.views.desk import (
    certificate_desk,
    certificate_issue,
    certificate_restoration,
    certificate_revocation,
    certificate_run,
)
from training.certificates.views.own import (
    certificate_own,
    certificate_paper,
    certificate_picture,
    certificate_poster,
    certificate_team,
)
from training.certificates.views.public import certificate_check, certificate_proof

__all__ = [
    "certificate_check",
    "certificate_desk",
    "certificate_issue",
    "certificate_own",
    "certificate_paper",
    "certificate_picture",
    "certificate_poster",
    "certificate_proof",
    "certificate_restoration",
    "certificate_revocation",
    "certificate_run",
    "certificate_team",
]
