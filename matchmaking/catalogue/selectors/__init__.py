from matchmaking.catalogue.selectors.boards import board_page
from matchmaking.catalogue.selectors.creators import (
    GateView,
    deposit_of,
    gate_of,
    moves_of,
    penalties_of,
    reputation_of_creator,
)
from matchmaking.catalogue.selectors.plans import Commission, choose_plan, commission_for
from matchmaking.catalogue.selectors.pool import SORTS, Pool
from matchmaking.catalogue.selectors.products import (
    certificates_of,
    commissions_of,
    creator_of,
    own_products,
    pictures_of,
    places_of,
    plans_shown,
    reputation_of,
    whole_product,
)

__all__ = [
    "SORTS",
    "Commission",
    "GateView",
    "Pool",
    "board_page",
    "certificates_of",
    "choose_plan",
    "commission_for",
    "commissions_of",
    "creator_of",
    "deposit_of",
    "gate_of",
    "moves_of",
    "own_products",
    "penalties_of",
    "pictures_of",
    "places_of",
    "plans_shown",
    "reputation_of",
    "reputation_of_creator",
    "whole_product",
]
