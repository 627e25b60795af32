"""Writing documents and rules; giving and withdrawing consents."""

from portal.policies.services.documents import (
    ANNOUNCE,
    KEPT,
    give_consent_to,
    give_consents,
    give_consents_of,
    give_first_consents,
    publish_version,
    save_draft,
    withdraw_consent,
)
from portal.policies.services.fees import announce_fee, confirm_fee

__all__ = [
    "ANNOUNCE",
    "KEPT",
    "announce_fee",
    "confirm_fee",
    "give_consent_to",
    "give_consents",
    "give_consents_of",
    "give_first_consents",
    "publish_version",
    "save_draft",
    "withdraw_consent",
]
