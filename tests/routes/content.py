"""A content order is its two sides' own: the merchant orders, a creator or an agency makes."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.content import services
from matchmaking.content.fields import BriefFields, QuoteFields
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

BOTH = "visitor 302, owner 200, member 200, agency 200, * 404"
MERCHANT = "visitor 302, owner 302, agency 409, member 403, * 404"
MAKER = "visitor 302, owner 409, agency 302, member 403, * 404"
PARTIES = "owner 200, member 200, provider 200, rival 200, agency 200, creator 200, * 403"
PAGES = {
    "GET content_order_list": f"visitor 302, {PARTIES}",
    "GET content_order_create": "visitor 302, owner 200, * 403",
    "POST content_order_create": "visitor 302, owner 200, * 403",  # empty
    "GET content_order_detail": BOTH,
    "POST content_order_quote": BOTH,  # an empty form comes back
    "POST content_order_acceptance": MERCHANT,
    "POST content_order_refusal": BOTH,
    "POST content_order_withdrawal": MERCHANT,
    "POST content_order_piece": BOTH,
    "POST content_order_revision": BOTH,
    "POST content_order_approval": MERCHANT,
    "POST content_order_payment": BOTH,
    "POST content_order_confirmation": "visitor 302, owner 409, agency 409, member 403, * 404",
}
OF_MERCHANT = "visitor 401, owner 200, agency 409, member 403, * 404"
OF_MAKER = "visitor 401, owner 409, agency 200, member 403, * 404"
API = {
    "GET api-contentorder-list": "visitor 401, * 200",
    "POST api-contentorder-list": "visitor 401, owner 201, * 403",
    "GET api-contentorder-detail": "visitor 401, owner 200, member 200, agency 200, * 404",
    "POST api-contentorder-quote": OF_MAKER,
    "POST api-contentorder-acceptance": OF_MERCHANT,
    "POST api-contentorder-refusal": OF_MAKER,
    "POST api-contentorder-withdrawal": OF_MERCHANT,
    "POST api-contentorder-piece": OF_MAKER,
    "POST api-contentorder-revision": OF_MERCHANT,
    "POST api-contentorder-approval": OF_MERCHANT,
    "POST api-contentorder-payment": "visitor 401, owner 409, agency 409, member 403, * 404",
    "POST api-contentorder-confirmation": "visitor 401, owner 409, agency 409, member 403, * 404",
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {"content_contentorder": ("operator", "risk", "auditor")}


def arrange(cast: Cast) -> Arranged:
    buyer, maker = cast.owner.actor, cast.agency
    assert maker.party is not None
    wanted = clock.today() + timedelta(days=14)
    product = factories.listed_product(buyer)
    fields = BriefFields("开箱", "60 秒竖屏", product.pk, "shop", "video", wanted)

    def asked():
        return services.order_content(buyer, maker=maker.party, fields=fields)

    fresh, quoted, agreed, shown = asked(), asked(), asked(), asked()
    for row in (quoted, agreed, shown):
        services.quote_order(maker.actor, order=row, fields=QuoteFields(800_000, 0, 1))
    for row in (agreed, shown):
        services.accept_quote(buyer, order=row)
    services.show_piece(maker.actor, order=shown, draft_url="https://www.douyin.com/video/1")
    rows = {
        "detail": fresh,
        "quote": fresh,
        "refusal": fresh,
        "withdrawal": fresh,
        "acceptance": quoted,
        "piece": agreed,
        "revision": shown,
        "approval": shown,
        "payment": shown,
        "confirmation": shown,
    }
    body = {
        "maker": maker.party.pk,
        "title": "开箱",
        "brief": "60 秒竖屏",
        "product_id": product.pk,
        "sold_from": "shop",
        "carrier": "video",
        "wanted_on": wanted.isoformat(),
    }
    return Arranged(
        kwargs={
            **{f"content_order_{end}": {"pk": row.pk} for end, row in rows.items()},
            **{f"api-contentorder-{end}": {"pk": row.pk} for end, row in rows.items()},
            "content_order_create": {"party": maker.party.pk},
        },
        bodies={
            "POST api-contentorder-list": body,
            "POST api-contentorder-quote": {"fee_fen": 1, "share_bp": 0, "revisions": 0},
            "POST api-contentorder-refusal": {"reason": "档期满"},
            "POST api-contentorder-payment": {
                "paid_on": clock.today().isoformat(),
                "proof": str(fresh.pk),
            },
            "POST api-contentorder-piece": {"draft_url": "https://www.douyin.com/video/2"},
            "POST api-contentorder-revision": {"note": "换封面"},
        },
        rows={"content_contentorder": fresh},
    )
