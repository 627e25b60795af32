from portal.ledger.models.accounts import Account, AccountQuerySet
from portal.ledger.models.checkpoints import Checkpoint, Watermark
from portal.ledger.models.journals import Entry, EntryQuerySet, Journal
from portal.ledger.models.periods import Closing
from portal.ledger.models.xact import CurrentTransaction, TransactionIdField

__all__ = [
    "Account",
    "AccountQuerySet",
    "Checkpoint",
    "Closing",
    "CurrentTransaction",
    "Entry",
    "EntryQuerySet",
    "Journal",
    "TransactionIdField",
    "Watermark",
]
