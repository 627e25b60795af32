"""What parties are told of their claims and coupons: one notice each for who manages the party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.money import Money
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties.models import Membership
from portal.parties.services import tell_party
from portal.parties.states import MANAGING
from portal.rewards.models import Claim, ClaimAppeal, Coupon
from portal.rewards.states import AppealStatus, Unit

SENTENCES = {
    "claim.reached": gettext_noop("“%(task)s”: all steps are reached. Hand it in."),
    "claim.rewarded": gettext_noop("“%(task)s” passed: %(reward)s is yours."),
    "claim.coupon": gettext_noop(
        "“%(task)s” passed: a traffic coupon of %(reward)s points is yours."
    ),
    "claim.missed": gettext_noop(
        "“%(task)s” is done and right, but the last reward had gone to somebody else before."
    ),
    "claim.failed": gettext_noop("“%(task)s” did not pass: %(why)s"),
    "claim.revoked": gettext_noop("“%(task)s” was revoked and its reward taken back: %(why)s"),
    "claim.reopened": gettext_noop(
        "“%(task)s”: an order that counted was refunded; a step is not reached any more."
    ),
    "claim.expired": gettext_noop("“%(task)s” was not done in time; its place is free again."),
    "coupon.expired": gettext_noop("A traffic coupon ended; %(points)s points were not used."),
    "appeal.upheld": gettext_noop("“%(task)s”: the decision stands. %(why)s"),
    "appeal.granted": gettext_noop("“%(task)s”: you were right, it passed. %(why)s"),
}


def tell_claims(claims: Sequence[Claim], event: str, *, at: datetime | None = None) -> None:
    """With their tasks and parties read. `at`: of what may happen to a claim more than once."""
    turn = f":{at:%Y%m%d%H%M}" if at is not None else ""
    if len(claims) == 1:
        tell_party(claims[0].party, **_words(claims[0], event, turn))
        return
    _tell_many([(claim.party_id, _words(claim, event, turn)) for claim in claims])


def _tell_many(told: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """(party, what its managers read), none of which anybody was told before."""
    people = _managers({party for party, _words in told})
    now = clock.now()
    notify_many(
        [
            Notice(user_id=user, party_id=party, created_at=now, **words)
            for party, words in told
            for user in people.get(party, ())
        ]
    )


def tell_coupons(coupons: Sequence[Coupon]) -> None:
    _tell_many([(coupon.party_id, _ending(coupon)) for coupon in coupons])


def _ending(coupon: Coupon) -> dict[str, Any]:
    return {
        "event": "reward.coupon.expired",
        "key": f"coupon.expired:{coupon.pk}:{coupon.expires_at:%Y%m%d}",
        "sentence": SENTENCES["coupon.expired"],
        "params": {"points": coupon.rest},
        "url": coupon.claim.get_absolute_url(),
    }


def tell_appeal(appeal: ClaimAppeal) -> None:
    claim = appeal.claim
    word = "granted" if appeal.status == AppealStatus.GRANTED else "upheld"
    params = {"task": _title(claim), "why": appeal.sentence[:200]}
    tell_party(
        claim.party,
        event="reward.appeal",
        key=f"reward-appeal:{appeal.pk}",
        sentence=SENTENCES[f"appeal.{word}"],
        params=params,
        url=claim.get_absolute_url(),
    )


def _managers(parties: set[int]) -> dict[int, list[int]]:
    rows = Membership.objects.filter(party__in=parties, role__in=MANAGING)
    found: dict[int, list[int]] = {}
    for party, user in rows.values_list("party_id", "user_id"):
        found.setdefault(party, []).append(user)
    return found


def _words(claim: Claim, event: str, turn: str = "") -> dict[str, Any]:
    is_coupon = claim.task.unit == Unit.COUPON
    said = "claim.coupon" if event == "claim.rewarded" and is_coupon else event
    reward = f"{claim.amount:,}" if is_coupon else str(Money(claim.amount))
    return {
        "event": f"reward.{event}",
        "key": f"reward-{event}:{claim.pk}:{claim.turns}{turn}",
        "sentence": SENTENCES[said],
        "params": {"task": _title(claim), "reward": reward, "why": claim.reason[:200]},
        "url": claim.get_absolute_url(),
    }


def _title(claim: Claim) -> dict[str, str]:
    """Each reader reads their own language's."""
    return {"zh": claim.task.title_zh, "en": claim.task.title_en}
