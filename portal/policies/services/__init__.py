"""Writing documents and rules; giving and withdrawing consents."""

from portal.policies.services.dated import (
    approve_dated_rule,
    confirm_dated_rule,
    propose_dated_rule,
    refuse_dated_rule,
)
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
from portal.policies.services.fees import (
    announce_fee,
    approve_fee,
    confirm_fee,
    propose_fee,
    refuse_fee,
)
from portal.policies.services.proposed import (
    approve_proposed,
    confirm_source,
    refuse_proposed,
    write_proposed,
)

__all__ = [
    "ANNOUNCE",
    "KEPT",
    "announce_fee",
    "approve_dated_rule",
    "approve_fee",
    "approve_proposed",
    "confirm_dated_rule",
    "confirm_fee",
    "confirm_source",
    "give_consent_to",
    "give_consents",
    "give_consents_of",
    "give_first_consents",
    "propose_dated_rule",
    "propose_fee",
    "publish_version",
    "refuse_dated_rule",
    "refuse_fee",
    "refuse_proposed",
    "save_draft",
    "withdraw_consent",
    "write_proposed",
]
