"""What people say of their parties, as values: the same for page, API, import and demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

CONTACT_PHONE = r"^\+?[0-9][0-9 -]{6,18}$"


@dataclass(frozen=True, slots=True)
class PartyFields:
    """What every party says of itself. `shares`: category id → percent, summing to 100."""

    name: str
    legal_name: str
    uscc: str
    city_id: int
    contact_name: str
    contact_phone: str
    intro: str = ""
    shares: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProviderFields:
    """What a provider offers; prices in fen a month. `capacity`: cooperations at once, None if it
    does not say; `busy_elsewhere` of them run outside of this site."""

    service_ids: Sequence[int]
    city_ids: Sequence[int]
    works_remotely: bool
    price_low_fen: int
    price_high_fen: int
    fact_parts: Sequence[str] = ()
    capacity: int | None = None
    busy_elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class CertificateFields:
    title: str
    issuer: str
    number: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class StaffFields:
    """Somebody of a provider's team."""

    name: str
    role: str
    years: int
    certificates: Sequence[CertificateFields] = ()


@dataclass(frozen=True, slots=True)
class ClientCaseFields:
    """What a provider did for a client, as it says."""

    title: str
    client: str
    category_id: int
    starts_on: date
    ends_on: date
    gmv_fen: int
    summary: str


@dataclass(frozen=True, slots=True)
class MerchantFields:
    """A merchant's shop and promises. `own_brands` are its own, `sold_brands` those of others."""

    shop_tier: str
    ship_hours: int
    belt_ids: Sequence[int] = ()
    own_brands: Sequence[str] = ()
    sold_brands: Sequence[str] = ()
    returns_days: int = 7
    ships_free: bool = False
    insures_returns: bool = False
    ships_cold: bool = False
    sends_samples: bool = False


@dataclass(frozen=True, slots=True)
class AgencyFields:
    """An agency's house; the contact is whole or empty."""

    founded_in: int | None = None
    managers: int | None = None
    studios: int | None = None
    takes_new: bool = True
    business_name: str = ""
    business_phone: str = ""


@dataclass(frozen=True, slots=True)
class TakenFields:
    """An organisation that public data names, and which data (`source`)."""

    kind: str
    source: str
    fields: PartyFields
    provider: ProviderFields | None = None


@dataclass(frozen=True, slots=True)
class RosterFields:
    """What an agency writes to a creator: whom, from when, to when, and on which terms. Either the
    creator is known here (`creator_id`), or a phone says how to reach them."""

    name: str
    starts_on: date
    last_day: date
    terms: str
    account: str = ""
    phone: str = ""
    creator_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeyFields:
    """An API key to be: how it is called, what it opens, and for how many days."""

    name: str
    scopes: Sequence[str]
    days: int


@dataclass(frozen=True, slots=True)
class GrantFields:
    """A right for another party's keys: whose key begins with `prefix`, what, for how many days."""

    prefix: str
    scopes: Sequence[str]
    days: int


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What stands on a document; `granted_by` and `granted_to` on the link of a chain."""

    number: str = ""
    granted_by: str = ""
    granted_to: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class GuardianFields:
    """Who answers for a minor, and that they agreed."""

    name: str
    phone: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class RealNameFields:
    """A natural person; `consents` to keeping the number, asked apart from everything else."""

    name: str
    number: str
    consents: bool
    guardian: GuardianFields | None = None


@dataclass(frozen=True, slots=True)
class OwnedFields:
    """An account or shop elsewhere: its number there, and the name it shows."""

    platform: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class PayoutFields:
    """Where a party is paid; `consents` to keeping the number, asked apart from everything else."""

    bank: str
    branch: str
    holder: str
    number: str
    consents: bool
    bank_code: str = ""  # CNAPS: 12 digits, of a firm's branch
