"""What people say in a cooperation, as values: the same for page, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.core.files.uploadedfile import UploadedFile


class Stays(Enum):
    """Said of what is not to change, where None is a value of its own."""

    STAYS = "stays"


STAYS = Stays.STAYS


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: fen a month, basis points of settled net GMV, whether the greater of the two
    is paid instead of both, where, and for how long."""

    title: str
    scope: str
    monthly_fee_fen: int
    share_bp: int
    starts_on: date
    term_months: int
    service_ids: Sequence[int] = ()
    category_ids: Sequence[int] = ()
    city_id: int | None = None
    accepts_remote: bool = True
    team: str = ""
    ladder: Sequence[Sequence[int]] = ()
    gmv_target_fen: int | None = None
    is_guarantee: bool = False
    notice_days: int = 30
    refund_ladder: Sequence[Sequence[int]] = ()
    settlement_base: str = "settled_net"
    service_level: str = ""


@dataclass(frozen=True, slots=True)
class PriceFields:
    """How it is paid, as a whole: fen a month plus basis points of settled net GMV, on a ladder or
    not, or the greater of the two. Another form brings its field here, to `Terms`, and its column
    to `Cooperation`; amendments, versions and papers have it then."""

    monthly_fee_fen: int = 0
    share_bp: int = 0
    ladder: Sequence[Sequence[int]] = ()
    is_guarantee: bool = False


@dataclass(frozen=True, slots=True)
class ObligationFields:
    """`is_ours`: owed by the acting side; else the other one is asked for it."""

    title: str
    due_on: date
    is_ours: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AmendmentFields:
    """What a cooperation should become. `ends_on` is the day after the last one; what is not said
    stays as it is. None says that no day of payment, or no target, is agreed."""

    ends_on: date | None = None
    scope: str | None = None
    note: str = ""
    service_level: str | None = None
    notice_days: int | None = None
    payment_day: int | Stays | None = STAYS
    price: PriceFields | None = None
    gmv_target_fen: int | Stays | None = STAYS
    refund_ladder: Sequence[Sequence[int]] | None = None
    settlement_base: str | None = None
    title: str | None = None  # this and the first day: until the first version is agreed on
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class DutyFields:
    """Something to be done by one side (`merchant` or `provider`), so many days after the begin."""

    title: str
    by: str
    days: int


@dataclass(frozen=True, slots=True)
class TemplateFields:
    """Terms that are put on the table again and again."""

    name: str
    scope: str = ""
    service_level: str = ""
    notice_days: int = 30
    payment_day: int | None = None
    duties: Sequence[DutyFields] = ()


@dataclass(frozen=True, slots=True)
class EndingFields:
    reason: str
    note: str
    effective_on: date
    evidence: UploadedFile | None = None  # an end for cause is shown


@dataclass(frozen=True, slots=True)
class DisputeFields:
    """Over the orders paid from `first_day` to `last_day`; `wanted_bp`: how much of what the hired
    side gets of them should go back."""

    reason: str
    wanted_bp: int
    first_day: date
    last_day: date
    text: str


@dataclass(frozen=True, slots=True)
class ReviewFields:
    """Stars from 1 to 5 for each aspect, and a text."""

    result: int
    communication: int
    reliability: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFields:
    """What whom a review is about says to it."""

    answer: str
