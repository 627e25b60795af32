"""What each kind of party is told before it registers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class KindCard:
    """Who this kind is, what it can do here, and what to have at hand."""

    kind: PartyKind
    icon: str
    who: str | Promise
    points: tuple[str | Promise, ...]


LICENCE = _("Have the business licence at hand: name and 18-character code")

KINDS = (
    KindCard(
        PartyKind.MERCHANT,
        icon="building-store",
        who=_("You sell goods and look for somebody to run a shop, a live room or its content."),
        points=(
            _("Write needs and see who fits, with the reasons"),
            _("Compare proposals on your own figures"),
            LICENCE,
        ),
    ),
    KindCard(
        PartyKind.PROVIDER,
        icon="headset",
        who=_("You run shops, live rooms, content or traffic for merchants."),
        points=(
            _("Be ranked by published parts; nothing paid enters"),
            _("Answer invitations and open needs"),
            LICENCE,
        ),
    ),
    KindCard(
        PartyKind.AGENCY,
        icon="users-group",
        who=_("You sign creators and manage their work."),
        points=(
            _("Invite your creators one by one or by file; each accepts on the phone"),
            _("Be found by brands, with the creators who wish to be named"),
            _("Have the business licence and the proof of an agency's business at hand"),
        ),
    ),
    KindCard(
        PartyKind.CREATOR,
        icon="video",
        who=_("You recommend goods in videos and live rooms, alone or with an agency."),
        points=(
            _("Be found by brands and agencies under your short name"),
            _("Join an agency on written terms, and leave it by written rules"),
            _("Have your ID card at hand, or the business licence; at 16 and 17 your guardian too"),
        ),
    ),
)
