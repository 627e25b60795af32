"""Files of public data: organisations to list, which somebody claims later."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.cn import uscc

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import Parse, fen, one_of, text, yes_no
from portal.core.verdict import Flaw
from portal.parties import rules, services
from portal.parties.fields import CONTACT_PHONE, PartyFields, ProviderFields, TakenFields
from portal.parties.models import Party
from portal.parties.selectors.reference import reference
from portal.parties.states import PartyKind

BETWEEN = re.compile(r"[;；、\n]+")
SHARE = re.compile(r"^(.+?)\s*[:：]?\s*([0-9]{1,3})\s*[%％]?$")
COLUMN_OF = {
    "service_ids": "services",
    "city_ids": "remote",
    "price_low_fen": "price_low",
    "price_high_fen": "price_high",
}


def _named(rows: Mapping[int, Any]) -> dict[str, int]:
    """Keys by code and by name in either language."""
    return {name: key for key, row in rows.items() for name in (row.code, row.name_zh, row.name_en)}


def _kinds() -> dict[str, str]:
    return {name: kind.value for kind in PartyKind for name in (kind.value, str(kind.label))}


def _key_of(kind: str, what: Any) -> Callable[[str], int]:
    parse: Parse = one_of(lambda: _named(getattr(reference(), kind)), what)
    return parse


def _services(cell: str) -> list[int]:
    """`店铺运营；投流`: keys."""
    key = _key_of("services", gettext_lazy("Services"))
    return [key(name.strip()) for name in BETWEEN.split(cell) if name.strip()]


def _shares(cell: str) -> dict[int, int]:
    """`食品饮料 60；生鲜果蔬 40`: percent by key."""
    key, shares = _key_of("categories", gettext_lazy("Categories")), {}
    for part in filter(None, map(str.strip, BETWEEN.split(cell))):
        found = SHARE.match(part)
        if found is None:
            raise ValueError(_("Write a category and its percent, such as 食品饮料 60."))
        shares[key(found[1].strip())] = int(found[2])
    return shares


def _phone(cell: str) -> str:
    if not re.fullmatch(CONTACT_PHONE, cell):
        raise ValueError(_("Enter a phone number."))
    return cell


COLUMNS = [
    Column("kind", gettext_lazy("Kind"), required=True, parse=one_of(_kinds, gettext_lazy("Kind"))),
    Column("name", gettext_lazy("Short name"), required=True, parse=text(40)),
    Column("legal_name", gettext_lazy("Registered name"), required=True, parse=text(80)),
    Column("uscc", gettext_lazy("Unified social credit code"), required=True, parse=uscc.compact),
    Column(
        "city",
        gettext_lazy("City"),
        required=True,
        parse=_key_of("cities", gettext_lazy("Cities")),
    ),
    Column(
        "source",
        gettext_lazy("Where it was published"),
        required=True,
        parse=text(60),
        help=gettext_lazy("It stands on the profile."),
    ),
    Column("intro", gettext_lazy("Introduction"), parse=text(600)),
    Column(
        "phone",
        gettext_lazy("Registered phone"),
        parse=_phone,
        help=gettext_lazy("Never shown. Who claims the party can prove it by a code sent there."),
    ),
    Column(
        "shares",
        gettext_lazy("Categories"),
        parse=_shares,
        help=gettext_lazy("With their percent, such as 食品饮料 60; 生鲜果蔬 40."),
    ),
    Column(
        "services",
        gettext_lazy("Services"),
        parse=_services,
        help=gettext_lazy("Of a service provider, with ; between."),
    ),
    Column("remote", gettext_lazy("Works remotely"), parse=yes_no),
    Column("price_low", gettext_lazy("Monthly fee from (yuan)"), parse=fen),
    Column("price_high", gettext_lazy("Monthly fee to (yuan)"), parse=fen),
]


def check_taken(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    known = _registered(row.values for row in rows)
    for row in rows:
        for flaw in rules.flaws_of_taken(_taken(row.values)):
            yield row.line, Flaw(COLUMN_OF.get(flaw.field, flaw.field), flaw.sentence)
        if _role_of(row.values) in known:
            sentence = gettext_lazy("This code is registered already in this role.")
            yield row.line, Flaw("uscc", sentence)


def take(actor: Actor, rows: Sequence[Values]) -> int:
    """Who registered since the file was checked is left out."""
    known = _registered(rows)
    found = [_taken(row) for row in rows if _role_of(row) not in known]
    return len(services.take_parties(actor, found=found))


def _role_of(values: Values) -> tuple[str, str]:
    return values["kind"], values["uscc"]


def _registered(rows: Any) -> set[tuple[str, str]]:
    codes = {values["uscc"] for values in rows}
    verified = Party.objects.filter(uscc__in=codes, verified_at__isnull=False)
    return set(verified.values_list("kind", "uscc"))


def _taken(values: Values) -> TakenFields:
    fields = PartyFields(
        name=values["name"],
        legal_name=values["legal_name"],
        uscc=values["uscc"],
        city_id=values["city"],
        contact_name="",
        contact_phone=values["phone"] or "",
        intro=values["intro"] or "",
        shares=values["shares"] or {},
    )
    provider = _provider(values) if values["kind"] == PartyKind.PROVIDER else None
    return TakenFields(values["kind"], values["source"], fields, provider)


def _provider(values: Values) -> ProviderFields:
    low, high = values["price_low"] or 0, values["price_high"] or 0
    is_remote = values["remote"] is not False
    cities = [] if is_remote else [values["city"]]
    return ProviderFields(values["services"] or [], cities, is_remote, low, max(low, high))


OPEN_DATA = register_import(
    ImportKind(
        name="parties.open_data",
        title=gettext_lazy("Parties from public data"),
        about=gettext_lazy(
            "Organisations to list. Nobody speaks for them until somebody claims them."
        ),
        columns=COLUMNS,
        may=rules.can_take_parties,
        check=check_taken,
        apply=take,
        key=("kind", "uscc"),
        examples=[
            {
                "kind": "provider",
                "name": "云帆电商",
                "legal_name": "杭州云帆电子商务有限公司",
                "uscc": "91330106MA2H0A1B2X",
                "city": "杭州",
                "source": "服务市场公开名录",
                "shares": "食品饮料 60；生鲜果蔬 40",
                "services": "直播代运营；短视频制作",
                "remote": "是",
                "price_low": "20000",
                "price_high": "50000",
            }
        ],
    )
)
