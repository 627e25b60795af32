"""What a need may ask of creators and of agencies alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.fields import OF_AGENCIES, OF_CREATORS, PROMISES, NeedFields, ProposalFields
from matchmaking.needs.states import CreatorLevel, Seeks
from portal.core.verdict import Flaw
from portal.parties.profile_states import FactPart

FACTS_OF = {  # a merchant's own live rooms are run by providers
    Seeks.AGENCY: (FactPart.ALLIANCE, FactPart.CAMPAIGN, FactPart.TOP),
    Seeks.CREATOR: (FactPart.ALLIANCE, FactPart.CAMPAIGN, FactPart.TOP),
}
ASKED_OF: dict[str, Sequence[str]] = {
    Seeks.CREATOR: OF_CREATORS,
    Seeks.AGENCY: OF_AGENCIES,
}
MOST_OF = {  # beyond, it is a slip of the finger
    "followers_least": 2_000_000_000,
    "shopping_least": 2_000_000_000,
    "lives_wanted": 1_000,
    "videos_wanted": 10_000,
    "roster_least": 100_000,
    "creators_wanted": 10_000,
}
PROMISED_BY = {  # what an answer of each kind says beside its plan and price
    Seeks.PROVIDER: {"team"},
    Seeks.AGENCY: {"team", "creators"},
    Seeks.CREATOR: {"lives", "videos", "samples_wanted", "delivers_by"},
}
MOST_PROMISED = {"lives": 1_000, "videos": 10_000, "samples_wanted": 1_000, "creators": 10_000}


def facts_of(seeks: str) -> Sequence[str]:
    """The parts of the business a party of this kind can serve."""
    return FACTS_OF.get(Seeks(seeks), FactPart.values) if seeks in Seeks.values else FactPart.values


def asked_of_others(seeks: str) -> list[str]:
    """What is asked of other kinds alone."""
    own = ASKED_OF.get(seeks, ())
    return [name for name in dict.fromkeys((*OF_CREATORS, *OF_AGENCIES)) if name not in own]


def flaws_of_kind(fields: NeedFields) -> Iterator[Flaw]:
    for name in asked_of_others(fields.seeks):
        if getattr(fields, name):
            yield Flaw(name, _("This is not asked of whom you look for; leave it empty."))
    for name, most in MOST_OF.items():
        value = getattr(fields, name)
        if value is not None and not 1 <= value <= most:
            yield Flaw(name, str(_("From 1 to %(most)s.")) % {"most": f"{most:,}"})
    if fields.creator_level not in CreatorLevel.values:
        yield Flaw("creator_level", _("Choose one from the list."))
    yield from _flaws_of_goods(fields)


def _flaws_of_goods(fields: NeedFields) -> Iterator[Flaw]:
    low, high = fields.goods_low_fen, fields.goods_high_fen
    if (low is None) != (high is None):
        missing = "goods_low_fen" if low is None else "goods_high_fen"
        yield Flaw(missing, _("Give both prices, or neither."))
    elif low is not None and high is not None and not 0 <= low <= high:
        yield Flaw("goods_high_fen", _("Not below the lower price."))
    elif high == 0:
        yield Flaw("goods_high_fen", _("Above zero, or leave it empty."))


def flaws_of_promises(fields: ProposalFields, seeks: str) -> Iterator[Flaw]:
    """An answer says what its kind can promise, and nothing of the others."""
    own = PROMISED_BY[Seeks(seeks)]
    for name in ("team", *PROMISES):
        if name not in own and getattr(fields, name):
            yield Flaw(name, _("This is not for you to answer; leave it empty."))
    if "team" in own and not fields.team.strip():
        yield Flaw("team", _("Please fill this in."))
    for name, most in MOST_PROMISED.items():
        value = getattr(fields, name)
        if value is not None and not 1 <= value <= most:
            yield Flaw(name, str(_("From 1 to %(most)s.")) % {"most": f"{most:,}"})
    if seeks == Seeks.CREATOR and not (fields.lives or fields.videos):
        yield Flaw("lives", _("Say how many live sessions or videos you do."))
    if seeks == Seeks.AGENCY and not fields.creators:
        yield Flaw("creators", _("Say how many creators you bring."))
    if fields.delivers_by is not None and fields.delivers_by < fields.starts_on:
        yield Flaw("delivers_by", _("Not before the start."))
