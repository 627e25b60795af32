"""What people say about samples, as values: the same for page, API and demo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressFields:
    """Where a parcel goes: personal data."""

    name: str
    phone: str
    region: str  # province and city, shown to the other side before it is opened
    street: str


@dataclass(frozen=True, slots=True)
class SampleFields:
    """`product_id`: of the merchant's in the catalogue; `post_days`: within how many days after
    they arrive they are shown."""

    product_id: int
    quantity: int
    post_days: int
    address: AddressFields
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParcelFields:
    carrier: str
    tracking: str
