"""A sample is its two sides' own: who shows the goods asks, the merchant sends."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.cooperation.services import sweep_cooperations
from matchmaking.needs.services import accept_proposal
from matchmaking.samples import services
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

BOTH = "visitor 302, owner 200, member 200, provider 200, * 404"
MERCHANT = "visitor 302, owner 302, provider 403, member 403, * 404"
RECEIVER = "visitor 302, owner 403, provider 302, member 403, * 404"
AGAIN = "visitor 302, owner 200, provider 200, member 200, * 404"  # an empty form comes back
PAGES = {
    "GET sample_list": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET sample_create": "visitor 302, owner 403, provider 200, member 403, * 404",
    "POST sample_create": "visitor 302, owner 403, provider 200, member 403, * 404",  # empty
    "GET sample_detail": BOTH,
    "POST sample_address": "visitor 302, owner 409, provider 200, member 403, * 404",
    "POST sample_approval": MERCHANT,
    "POST sample_refusal": AGAIN,
    "POST sample_withdrawal": RECEIVER,
    "POST sample_shipment": AGAIN,
    "POST sample_receipt": RECEIVER,
    "POST sample_loss": AGAIN,
    "POST sample_post": AGAIN,
    "POST sample_waiver": AGAIN,
}
READ = "visitor 401, owner 200, member 200, provider 200, * 404"
OF_MERCHANT = "visitor 401, owner 200, provider 403, member 403, * 404"
OF_RECEIVER = "visitor 401, owner 403, provider 200, member 403, * 404"
API = {
    "GET api-sample-list": "visitor 401, * 200",
    "POST api-sample-list": "visitor 401, owner 403, provider 201, member 403, * 404",
    "GET api-sample-detail": READ,
    "POST api-sample-address": "visitor 401, owner 409, provider 200, member 403, * 404",
    "POST api-sample-approval": OF_MERCHANT,
    "POST api-sample-refusal": OF_MERCHANT,
    "POST api-sample-withdrawal": OF_RECEIVER,
    "POST api-sample-shipment": OF_MERCHANT,
    "POST api-sample-receipt": OF_RECEIVER,
    "POST api-sample-loss": OF_RECEIVER,
    "POST api-sample-post": OF_RECEIVER,
    "POST api-sample-waiver": OF_MERCHANT,
}
ADMIN: dict[str, str] = {}
SEEN_IN_ADMIN = {"samples_sample": ("operator", "risk", "auditor")}
ADDRESS = {"name": "陈小满", "phone": "13800001111", "region": "浙江 杭州", "street": "文三路 1 号"}


def arrange(cast: Cast) -> Arranged:
    buyer, seller = cast.owner.actor, cast.provider.actor
    need = factories.open_need(buyer)
    proposal = factories.submitted_proposal(seller, need)
    cooperation = accept_proposal(buyer, proposal=proposal)
    with clock.standing_at(clock.now() + timedelta(days=31)):
        sweep_cooperations(factories.SYSTEM)
    product = factories.listed_product(buyer)
    fields = SampleFields(product.pk, 2, 14, AddressFields(**ADDRESS))

    def asked():
        return services.request_sample(seller, cooperation=cooperation, fields=fields)

    fresh, approved, sent, here = asked(), asked(), asked(), asked()
    for row in (approved, sent, here):
        services.approve_sample(buyer, sample=row)
    for row in (sent, here):
        services.ship_sample(buyer, sample=row, parcel=ParcelFields("顺丰", "SF12345678"))
    services.receive_sample(seller, sample=here)
    rows = {
        "detail": fresh,
        "address": fresh,
        "approval": fresh,
        "refusal": fresh,
        "withdrawal": fresh,
        "shipment": approved,
        "receipt": sent,
        "loss": sent,
        "post": here,
        "waiver": here,
    }
    body = {
        "cooperation": cooperation.pk,
        "product_id": product.pk,
        "quantity": 1,
        "post_days": 14,
        "address": ADDRESS,
    }
    why = {"reason": "没有货"}
    return Arranged(
        kwargs={
            **{f"sample_{end}": {"pk": row.pk} for end, row in rows.items()},
            **{f"api-sample-{end}": {"pk": row.pk} for end, row in rows.items()},
            "sample_create": {"pk": cooperation.pk},
        },
        bodies={
            "POST api-sample-list": body,
            "POST api-sample-refusal": why,
            "POST api-sample-loss": why,
            "POST api-sample-waiver": why,
            "POST api-sample-shipment": {"carrier": "顺丰", "tracking": "SF12345678"},
            "POST api-sample-post": {"post_url": "https://www.douyin.com/video/1"},
        },
        rows={"samples_sample": fresh},
    )
