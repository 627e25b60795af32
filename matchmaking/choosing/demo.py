"""The demo's confidential part, and what the colleagues of the guide's merchant think."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db import transaction

from matchmaking.choosing import services
from matchmaking.choosing.fields import OpinionFields
from matchmaking.needs.models import Proposal
from matchmaking.needs.states import ANSWERABLE
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import World, acting, cast_party
from portal.parties.states import PartyKind

TEXT = "店铺毛利率约百分之三十八，退货率百分之六；年货节备货三万份，首批十二月五日入仓。"
NOTES = ("方案很具体，价格略高。", "团队有同类目经验，可以谈。", "排期偏紧，需要再确认。")


@transaction.atomic
def make_opinions(world: World) -> None:
    """About every proposal that waits for the merchant of the guide."""
    merchant, random = cast_party(PartyKind.MERCHANT), Random("opinions")
    people = list(merchant.membership_set.select_related("user").order_by("pk"))
    waiting = Proposal.objects.filter(need__merchant=merchant, status__in=ANSWERABLE)
    told: set[int] = set()
    with outbox.born_delivered():
        for proposal in waiting.select_related("need__merchant").order_by("pk"):
            start = proposal.submitted_at or world.dawn
            with clock.standing_at(start + timedelta(hours=4)):
                if proposal.need.is_taking_proposals and proposal.need_id not in told:
                    told.add(proposal.need_id)
                    services.write_confidential(acting(merchant), need=proposal.need, text=TEXT)
                for member in people:
                    actor = Actor(user=member.user, party=merchant, role=member.role, via="demo")
                    stars = (random.randint(3, 5), random.randint(2, 5), random.randint(3, 5))
                    fields = OpinionFields(*stars, random.choice(NOTES))
                    services.give_opinion(actor, proposal=proposal, fields=fields)
