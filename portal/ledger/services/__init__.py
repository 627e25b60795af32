from portal.ledger.services.accounts import Place, open_account, open_accounts
from portal.ledger.services.bulk import post_many
from portal.ledger.services.checkpoints import move_checkpoints, rewrite_checkpoints
from portal.ledger.services.periods import close_period
from portal.ledger.services.posting import post, reverse
from portal.ledger.services.turns import wait_for_turn

__all__ = [
    "Place",
    "close_period",
    "move_checkpoints",
    "open_account",
    "open_accounts",
    "post",
    "post_many",
    "reverse",
    "rewrite_checkpoints",
    "wait_for_turn",
]
