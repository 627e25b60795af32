from matchmaking.catalogue.services.boards import give_prize, make_boards
from matchmaking.catalogue.services.bulk import (
    Judge,
    ProductLife,
    ToldProduct,
    put_products,
    read_judge,
    register_products,
)
from matchmaking.catalogue.services.creators import (
    approve_move,
    ask_permission,
    ask_refund,
    end_permission,
    propose_move,
    refuse_move,
    report_payment,
    withdraw_move,
)
from matchmaking.catalogue.services.days import record_days
from matchmaking.catalogue.services.gates import effects_of, lift_gate, project_gates, set_gate
from matchmaking.catalogue.services.papers import (
    add_certificate,
    add_picture,
    refresh_product_picture,
    remind_of_certificates,
    remove_certificate,
    remove_picture,
)
from matchmaking.catalogue.services.plans import (
    end_plan,
    move_promised_plan,
    open_plan,
    open_promised_plan,
    refresh_commissions,
)
from matchmaking.catalogue.services.products import (
    create_product,
    list_product,
    pause_product,
    update_product,
    withdraw_product,
)
from matchmaking.catalogue.services.reputation import rate_all

__all__ = [
    "Judge",
    "ProductLife",
    "ToldProduct",
    "add_certificate",
    "add_picture",
    "approve_move",
    "ask_permission",
    "ask_refund",
    "create_product",
    "effects_of",
    "end_permission",
    "end_plan",
    "give_prize",
    "lift_gate",
    "list_product",
    "make_boards",
    "move_promised_plan",
    "open_plan",
    "open_promised_plan",
    "pause_product",
    "project_gates",
    "propose_move",
    "put_products",
    "rate_all",
    "read_judge",
    "record_days",
    "refresh_commissions",
    "refresh_product_picture",
    "refuse_move",
    "register_products",
    "remind_of_certificates",
    "remove_certificate",
    "remove_picture",
    "report_payment",
    "set_gate",
    "update_product",
    "withdraw_move",
    "withdraw_product",
]
