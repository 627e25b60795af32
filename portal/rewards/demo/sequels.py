"""What came after: coupons spent, some of them not in time; results that were objected to; rewards
that were taken back; tasks closed with their season."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from zlib import crc32

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.core.verdict import Refused
from portal.parties.demo import CAST as PEOPLE
from portal.parties.demo import World, acting, cast_party
from portal.parties.models import Membership, Party
from portal.parties.states import PartyKind, Role
from portal.rewards import services
from portal.rewards.demo.seasons import person
from portal.rewards.fields import RevocationFields, UseFields
from portal.rewards.models import Claim, ClaimAppeal, Coupon
from portal.rewards.states import ClaimStatus, Consequence

DEMO = system_actor("demo")
APPEALED, REVOKED, MOST_APPEALS = 3, 160, 40  # one of so many; at most
OVER = "本季任务已结束"
TEXT = "这些订单的买家不是同一人，只是收货城市相同；会面签到与成交单号已附。"
RIGHT = "复核后确认为不同买家，原判定有误，予以通过并发放奖励。"
STANDS = "复核了订单与签到记录，原判定的依据成立。"
WHY = "复查发现完成后的订单集中全额退款，奖励收回。"
USES = ("直播间加热", "短视频加热", "新品首发加热")


def follow_up(world: World, back: int, claims: Sequence[Claim]) -> None:
    _spend(world, claims)
    with clock.standing_at(world.dawn):
        services.expire_coupons(DEMO)
    _revoke(world, claims)
    _appeal(world, back, claims)
    if back:
        _close(world, claims)


def _spend(world: World, claims: Sequence[Claim]) -> None:
    """Two thirds of them, in one to three orders; some to the last point."""
    rows = Coupon.objects.filter(claim__in=claims).select_related("party", "claim__task")
    coupons = list(rows.order_by("granted_at", "claim__task__code", "party__name"))
    uses = sorted(_uses(world, coupons), key=lambda use: use.at)
    with clock.standing_at(world.dawn):
        services.use_coupons(DEMO, uses=uses)


def _uses(world: World, coupons: Sequence[Coupon]) -> Iterator[UseFields]:
    for place, coupon in enumerate(coupons):
        drawn = crc32(f"{coupon.claim.task.code}:{coupon.party.name}".encode())
        times = drawn % 4  # none of them: it ends unused
        share = 100 if drawn % 3 == 0 else 30 + drawn % 50
        each = coupon.face * share // 100 // max(times, 1)
        for number in range(times):
            is_last = share == 100 and number == times - 1
            at = coupon.granted_at + timedelta(days=2 + 7 * number, minutes=drawn % 600)
            if at >= min(coupon.expires_at, world.dawn):
                break
            amount = coupon.face - each * number if is_last else each
            if amount < 1:
                break
            ref = f"LL{coupon.granted_at:%Y%m%d}{place:06d}{number}"
            yield UseFields(coupon.number, amount, ref, at, USES[drawn % len(USES)])


def _revoke(world: World, claims: Sequence[Claim]) -> None:
    """Few: one is barred besides; none of the guide's but what its story tells."""
    guide = {cast_party(kind).pk for kind in PEOPLE}
    rows = Claim.objects.filter(
        pk__in=[one.pk for one in claims], status=ClaimStatus.REWARDED
    ).exclude(party__in=guide)
    found = sorted(rows.select_related("party", "task"), key=_drawn)[: 1 + len(claims) // REVOKED]
    for number, claim in enumerate(found):
        barred = world.today + timedelta(days=60) if number == 0 else None
        fields = RevocationFields(
            WHY, (Consequence.BARRED if barred else Consequence.REWARD).value, barred
        )
        with suppress(Refused), clock.standing_at(world.dawn - timedelta(days=1)):
            services.revoke_claim(person("operator"), claim=claim, fields=fields)


def _drawn(claim: Claim) -> int:
    return crc32(f"{claim.party.name}:{claim.task.code}".encode())


def _appeal(world: World, back: int, claims: Sequence[Claim]) -> None:
    """Of what did not pass; the provider of the guide wins its first, and has one to go."""
    keys = [claim.pk for claim in claims if claim.status == ClaimStatus.FAILED]
    rows = Claim.objects.filter(pk__in=keys).select_related("party", "task")
    provider = cast_party(PartyKind.PROVIDER)
    failed = sorted(rows, key=lambda claim: (claim.party_id != provider.pk, _drawn(claim)))
    for number, claim in enumerate(failed[: max(2, len(failed) // APPEALED)][:MOST_APPEALS]):
        is_guides = claim.party_id == provider.pk
        if is_guides and back == 0:
            continue  # theirs to do
        with suppress(Refused):
            appeal = _filed(world, claim)
            if appeal is not None and (is_guides or back or number % 4):
                _decided(world, appeal, grants=is_guides or number % 2 == 0)


def _filed(world: World, claim: Claim) -> ClaimAppeal | None:
    actor = _speaker(claim.party)
    if actor is None or claim.decided_at is None:
        return None
    moment = min(claim.decided_at + timedelta(days=2), world.dawn - timedelta(hours=2))
    with clock.standing_at(moment):
        return services.appeal_claim(actor, claim=claim, text=TEXT)


def _decided(world: World, appeal: ClaimAppeal, *, grants: bool) -> None:
    """By somebody else than who verified it."""
    moment = min(appeal.filed_at + timedelta(days=4), world.dawn - timedelta(hours=1))
    with clock.standing_at(moment):
        services.decide_appeal(
            person("evaluator"),
            appeal=appeal,
            grants=grants,
            sentence=RIGHT if grants else STANDS,
        )


def _speaker(party: Party) -> Actor | None:
    if any(cast_party(kind).pk == party.pk for kind in PEOPLE):
        return acting(party)
    rows = Membership.objects.filter(party=party, role=Role.OWNER).select_related("user")
    owner = rows.first()
    return Actor(user=owner.user, party=party, role=owner.role, via="demo") if owner else None


def _close(world: World, claims: Sequence[Claim]) -> None:
    tasks = {claim.task_id: claim.task for claim in claims}
    for task in sorted(tasks.values(), key=lambda one: one.code):
        with clock.standing_at(min(task.closes_at + timedelta(days=3), world.dawn)):
            services.close_task(person("operator"), task=task, reason=OVER)
