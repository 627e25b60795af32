"""What the law asks to show on every page, as far as the operator has set it."""

from __future__ import annotations

import re

from django.conf import settings

POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="


def foot() -> dict[str, str]:
    """The names and numbers of the foot; empty ones are not shown."""
    police = "".join(re.findall(r"\d+", settings.POLICE_NUMBER))
    return {
        "operator": settings.OPERATOR_NAME,
        "licence": settings.BUSINESS_LICENCE,
        "icp": settings.ICP_NUMBER,
        "police": settings.POLICE_NUMBER,
        "police_url": f"{POLICE_REGISTER}{police}",
        "edi": settings.EDI_LICENCE,
        "phone": settings.COMPLAINT_PHONE,
        "mail": settings.COMPLAINT_EMAIL,
        "source": settings.SOURCE_URL,
    }
