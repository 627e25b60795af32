from matchmaking.catalogue.views.boards import board_detail
from matchmaking.catalogue.views.creators import (
    deposit_withdrawal,
    gate_detail,
    gate_payment,
    gate_permission,
    gate_refund,
)
from matchmaking.catalogue.views.papers import (
    certificate_create,
    certificate_read,
    certificate_removal,
    product_picture,
    product_picture_create,
    product_picture_removal,
)
from matchmaking.catalogue.views.plans import plan_create, plan_ending
from matchmaking.catalogue.views.pool import product_detail, product_pool
from matchmaking.catalogue.views.products import (
    product_create,
    product_edit,
    product_list,
    product_listing,
    product_pausing,
    product_withdrawal,
)

__all__ = [
    "board_detail",
    "certificate_create",
    "certificate_read",
    "certificate_removal",
    "deposit_withdrawal",
    "gate_detail",
    "gate_payment",
    "gate_permission",
    "gate_refund",
    "plan_create",
    "plan_ending",
    "product_create",
    "product_detail",
    "product_edit",
    "product_list",
    "product_listing",
    "product_pausing",
    "product_picture",
    "product_picture_create",
    "product_picture_removal",
    "product_pool",
    "product_withdrawal",
]
