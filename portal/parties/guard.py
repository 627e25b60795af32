"""A production site never starts with people whose password stands in a README."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.parties.models import User


def refuse_demo_people() -> None:
    """Raise ImproperlyConfigured if the database holds anybody of the demo."""
    found = User.objects.filter(email__iendswith=f"@{settings.DEMO_DOMAIN}").first()
    if found is not None:
        raise ImproperlyConfigured(
            f"This database holds the demo's people ({found.email}); production needs its own."
        )
