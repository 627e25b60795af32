"""Products: everybody reads the pool; a merchant's own are its own."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import CertificateFields, PlanFields
from matchmaking.catalogue.models import (
    Board,
    BoardPlace,
    CartPermission,
    Gate,
    Prize,
    ProductDay,
    Reputation,
)
from matchmaking.catalogue.states import PlanKind
from portal.core import clock
from portal.parties.models import Category
from portal.policies.models import CartRule
from tests import factories
from tests.routes import Arranged, Cast

MAKES = "visitor 302, owner {0}, * 403"
OWN = "visitor 302, owner {0}, member 403, * 404"
PAGES = {
    "GET board_detail": "* 200",
    "GET gate_detail": "visitor 302, creator 200, * 403",
    "POST gate_permission": "visitor 302, creator 422, * 403",  # nothing is known of it yet
    "POST gate_payment": "visitor 302, creator 200, * 403",  # an empty form comes back
    "POST gate_refund": "visitor 302, creator 200, * 403",
    "POST deposit_withdrawal": "visitor 302, creator 302, * 404",
    "GET product_pool": "* 200",
    "GET product_detail": "* 200",
    "GET product_list": "visitor 302, owner 200, member 200, * 403",
    "GET product_create": MAKES.format(200),
    "POST product_create": MAKES.format(200),  # an empty form comes back
    "GET product_edit": OWN.format(200),
    "POST product_edit": OWN.format(200),
    "POST product_listing": OWN.format(302),
    "POST product_pausing": OWN.format(302),
    "POST product_withdrawal": OWN.format(302),
    "GET product_picture_create": OWN.format(200),
    "POST product_picture_create": OWN.format(200),
    "GET product_picture": "owner 200, member 200, operator 200, reviewer 200, "
    "administrator 200, * 404",
    "POST product_picture_removal": OWN.format(302),
    "GET certificate_create": OWN.format(200),
    "POST certificate_create": OWN.format(200),
    "GET certificate_read": "visitor 302, owner 200, member 200, operator 200, auditor 200, "
    "risk 200, administrator 200, * 404",
    "POST certificate_removal": OWN.format(302),
    "GET plan_create": OWN.format(200),
    "POST plan_create": OWN.format(200),
    "POST plan_ending": OWN.format(302),
}
KEEPS = "visitor 401, owner {0}, member 403, * 404"
API = {
    "GET api-gate": "visitor 401, creator 200, * 403",
    "POST api-gate-permission": "visitor 401, creator 422, * 403",
    "POST api-gate-payment": "visitor 401, creator 409, * 403",  # one waits already
    "POST api-gate-refund": "visitor 401, creator 409, * 403",  # nothing is there
    "GET api-gate-moves": "visitor 401, creator 200, * 403",
    "POST api-gate-withdrawal": "visitor 401, creator 200, * 404",
    "GET api-boards": "visitor 401, * 200",
    "POST api-product-pictures": KEEPS.format(400),  # names no upload
    "DELETE api-product-picture": KEEPS.format(200),
    "DELETE api-product-certificate": KEEPS.format(200),
    "POST api-product-plan-ending": KEEPS.format(200),
    "GET api-product-list": "visitor 401, * 200",
    "GET api-product-detail": "visitor 401, * 200",
    "POST api-product-list": "visitor 401, owner 201, * 403",
    "PUT api-product-detail": KEEPS.format(200),
    "POST api-product-listing": KEEPS.format(200),
    "POST api-product-pausing": KEEPS.format(200),
    "POST api-product-withdrawal": KEEPS.format(200),
    "POST api-product-plans": KEEPS.format(201),
    "POST api-product-certificates": KEEPS.format(201),
    "POST api-product-days": "visitor 401, operator 200, administrator 200, * 403",
}
SEEN = ("operator", "auditor", "risk")
SEEN_IN_ADMIN = dict.fromkeys(
    (
        *("catalogue_product", "catalogue_certificate", "catalogue_plan", "catalogue_productday"),
        *("catalogue_reputation", "catalogue_gate", "catalogue_board", "catalogue_boardplace"),
    ),
    SEEN,
)
SEEN_IN_ADMIN |= {
    "catalogue_cartpermission": SEEN,
    "catalogue_depositmove": ("operator", "finance maker", "finance checker"),
}
MINE, NOBODY = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
ADMIN = {
    f"{method} admin:catalogue_prize_{view}": NOBODY if view == "delete" else MINE
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
}

OPENS = "operator {0}, administrator {0}, staff 403, * 302"
FINANCE = "operator 200, finance maker 200, administrator 200, staff 403, * 302"
CHECKS = "finance checker {0}, administrator {0}, staff 403, * 302"
ADMIN |= {
    "GET admin:catalogue_gate_set": OPENS.format(200),
    "POST admin:catalogue_gate_set": OPENS.format(200),  # an empty form comes back
    "GET admin:catalogue_cartpermission_end": OPENS.format(200),
    "POST admin:catalogue_cartpermission_end": OPENS.format(200),
    "GET admin:catalogue_boardplace_give": OPENS.format(200),
    "POST admin:catalogue_boardplace_give": OPENS.format(200),
    "GET admin:catalogue_depositmove_propose": FINANCE,
    "POST admin:catalogue_depositmove_propose": FINANCE,
    "GET admin:catalogue_depositmove_refuse": CHECKS.format(200),
    "POST admin:catalogue_depositmove_refuse": CHECKS.format(200),
}


def arrange(cast: Cast) -> Arranged:
    owner, today = cast.owner.actor, clock.today()
    listed, paused = factories.listed_product(owner), factories.listed_product(owner)
    services.pause_product(owner, product=paused)
    picture = services.add_picture(owner, product=listed, upload=factories.picture())
    certificate = services.add_certificate(
        owner,
        product=listed,
        fields=CertificateFields("inspection", "QC-1", "国检", today + timedelta(days=90)),
        upload=factories.picture(),
    )
    assert cast.creator.party is not None
    targeted = PlanFields(
        PlanKind.TARGETED, 3_000, today + timedelta(days=1), None, [cast.creator.party.pk]
    )
    plan = services.open_plan(owner, product=listed, fields=targeted)
    day = ProductDay.objects.create(product=listed, day=today, delivered=3, told_at=clock.now())
    reputation = Reputation.objects.create(product=listed, day=today, score=None, delivered=3)
    gate = Gate.objects.create(
        effect="chart", least_score=300, reason="低分", starts_on=today, set_at=clock.now()
    )
    prize = Prize.objects.create(
        rank_from=1, rank_to=1, name_zh="奖", name_en="Prize", starts_on=today
    )
    board = Board.objects.create(
        week=today - timedelta(days=today.weekday()),
        category=Category.objects.get(code="food"),
        made_at=clock.now(),
        least_score=350,
        least_orders=5,
    )
    place = BoardPlace.objects.create(
        board=board, rank=1, product=listed, sales_fen=1, orders=1, score=400, points=1.0
    )
    move = services.report_payment(cast.creator.actor, reference="B-1")
    permission = CartPermission.objects.create(
        creator=cast.creator.party,
        rule=CartRule.objects.latest("starts_on"),
        granted_at=clock.now(),
        ended_at=clock.now(),
        ended_why="到期",
    )
    mine = {"pk": listed.pk}
    said = {
        "name": "新茶",
        "category": Category.objects.get(code="food").pk,
        "price_fen": 5_000,
        "commission_bp": 1_000,
    }
    routes = (
        *("product_detail", "product_edit", "product_pausing", "product_withdrawal"),
        *("product_picture_create", "certificate_create", "plan_create"),
        *("api-product-detail", "api-product-pausing", "api-product-withdrawal"),
        *("api-product-plans", "api-product-certificates", "api-product-pictures"),
    )
    return Arranged(
        kwargs={
            **dict.fromkeys(routes, mine),
            "deposit_withdrawal": {"pk": move.pk},
            "admin:catalogue_boardplace_give": {"pk": place.pk},
            "admin:catalogue_cartpermission_end": {"pk": permission.pk},
            "admin:catalogue_depositmove_refuse": {"pk": move.pk},
            "product_listing": {"pk": paused.pk},
            "api-product-listing": {"pk": paused.pk},
            "product_picture": {"pk": picture.pk, "size": "small"},
            "product_picture_removal": {"pk": picture.pk},
            "certificate_read": {"pk": certificate.pk},
            "certificate_removal": {"pk": certificate.pk},
            "plan_ending": {"pk": plan.pk},
            "api-gate-withdrawal": {"pk": move.pk},
            "api-product-picture": {"pk": picture.pk},
            "api-product-certificate": {"pk": certificate.pk},
            "api-product-plan-ending": {"pk": plan.pk},
        },
        bodies={
            "POST api-gate-payment": {"reference": "B-2"},
            "POST api-gate-refund": {"why": "不做了"},
            "POST api-product-list": said,
            "PUT api-product-detail": said | {"upstream_id": listed.upstream_id},
            "POST api-product-plans": {
                "kind": "public",
                "commission_bp": 2_500,
                "starts_on": (today + timedelta(days=3)).isoformat(),
            },
            "POST api-product-certificates": {"kind": "brand", "issuer": "国检"},
            "POST api-product-days": {
                "days": [{"product": listed.pk, "day": today.isoformat(), "delivered": 2}]
            },
        },
        rows={
            "catalogue_product": listed,
            "catalogue_certificate": certificate,
            "catalogue_plan": plan,
            "catalogue_productday": day,
            "catalogue_reputation": reputation,
            "catalogue_gate": gate,
            "catalogue_board": board,
            "catalogue_boardplace": place,
            "catalogue_prize": prize,
            "catalogue_depositmove": move,
            "catalogue_cartpermission": permission,
        },
    )
