"""Profiles of public data that nobody speaks for, and who says that two of them are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties import services
from portal.parties.demo.cast import make_person
from portal.parties.demo.portraits import draw
from portal.parties.demo.world import DEMO, World
from portal.parties.fields import TakenFields
from portal.parties.states import PartyKind

SOURCE = "服务市场公开名录（演示）"
TAKEN = {PartyKind.PROVIDER: 9, PartyKind.AGENCY: 5}  # how many of each kind
FIRST_NUMBER = 90_001  # apart from the crowd
DAYS_AGO = 20


@transaction.atomic
def make_unclaimed(world: World, password: str) -> None:
    with outbox.born_delivered():
        with clock.standing_at(world.ago(DAYS_AGO, Random("open-data"))):
            parties = services.take_parties(DEMO, found=list(_found(world)))
        for place, (login, name) in enumerate((("claimant", "高远"), ("claimant-2", "方宁"))):
            person = make_person(login, name, password)
            actor = Actor(user=person, party=None, role="person", via="demo")
            with clock.standing_at(world.ago(2 + 3 * place, Random(f"claim:{login}"))):
                claim = services.claim_party(
                    actor,
                    party=parties[place],
                    text=f"我是 {parties[place].name} 的运营负责人，工作邮箱和营业执照可以核对。",
                )
            if place:
                with clock.standing_at(claim.made_at + timedelta(hours=5)):
                    services.ask_claimant(DEMO, claim=claim, text="请上传盖章的授权书。")


def _found(world: World) -> Iterator[TakenFields]:
    for kind, count in TAKEN.items():
        for number in range(FIRST_NUMBER, FIRST_NUMBER + count):
            portrait = draw(world, kind, number)
            fields = replace(portrait.fields, contact_name="")
            yield TakenFields(kind.value, SOURCE, fields, portrait.provider)
