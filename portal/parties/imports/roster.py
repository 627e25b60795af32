"""Files of creators: an agency moves in with its roster, each creator still accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, text
from portal.core.verdict import Flaw, Refused, Verdict, forbidden
from portal.parties import rules, services
from portal.parties.fields import RosterFields
from portal.parties.models import Party, RosterEntry

COLUMNS = [
    Column("name", _("Creator's name"), required=True, parse=text(40)),
    Column("account", _("Douyin account"), parse=text(60)),
    Column("phone", _("Phone"), required=True, parse=text(20)),
    Column("starts_on", _("First day"), required=True, parse=day),
    Column("last_day", _("Last day"), required=True, parse=day),
    Column("terms", _("Terms"), required=True, parse=text(2000)),
]


def may_import_roster(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Only an agency has a roster."))
    return rules.can_invite_creator(actor, actor.party)


def check_roster(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    phones = [services.plain_phone(row.values["phone"]) for row in rows]
    invited = RosterEntry.objects.invited().filter(agency=actor.party_id, phone__in=phones)
    known = set(invited.values_list("phone", flat=True))
    for row, phone in zip(rows, phones, strict=True):
        if phone in known:
            yield row.line, Flaw("phone", _("This creator has an open invitation already."))
        for flaw in rules.flaws_of_roster(_fields(row.values)):
            yield row.line, flaw


def invite_roster(actor: Actor, rows: Sequence[Values]) -> int:
    """Invite each creator; one who was invited since the file was checked is left out."""
    if actor.party is None:
        raise Refused(may_import_roster(actor))
    agency = actor.party
    return sum(_invite(actor, agency, row) for row in rows)


def _invite(actor: Actor, agency: Party, row: Values) -> bool:
    phone = services.plain_phone(row["phone"])
    if RosterEntry.objects.invited().filter(agency=agency, phone=phone).exists():
        return False
    services.invite_creator(actor, agency=agency, fields=_fields(row))
    return True


def _fields(values: Values) -> RosterFields:
    return RosterFields(**(values | {"account": values["account"] or ""}))


ROSTER = register_import(
    ImportKind(
        name="parties.roster",
        title=_("Our roster"),
        about=_("Each creator gets the link as a text message and accepts by themselves."),
        columns=COLUMNS,
        may=may_import_roster,
        check=check_roster,
        apply=invite_roster,
        key=("phone",),
        examples=[
            {
                "name": "小满的厨房",
                "account": "xiaoman_kitchen",
                "phone": "13800001111",
                "starts_on": "2026-12-01",
                "last_day": "2027-11-30",
                "terms": "机构服务费为佣金的 20%，按月结算。",
            }
        ],
    )
)
