from matchmaking.cooperation.models.cooperation import (
    Cooperation,
    CooperationQuerySet,
)
from matchmaking.cooperation.models.dispute import Closing, Dispute, Statement
from matchmaking.cooperation.models.fees import ONCE
from matchmaking.cooperation.models.obligation import (
    Obligation,
    ObligationReminder,
)
from matchmaking.cooperation.models.payment import FirstPayment
from matchmaking.cooperation.models.prices import price_from
from matchmaking.cooperation.models.review import (
    ASPECTS,
    LEAST,
    MOST,
    Review,
)
from matchmaking.cooperation.models.steps import (
    Amendment,
    Completion,
    Ending,
    Pause,
)
from matchmaking.cooperation.models.templates import (
    LAST_PAYMENT_DAY,
    MOST_NOTICE,
    AgreementTemplate,
)
from matchmaking.cooperation.models.terms import AMENDABLE, PRICE, plain_term, put_terms, terms_of
from matchmaking.cooperation.models.version import Version

__all__ = [
    "AMENDABLE",
    "ASPECTS",
    "LAST_PAYMENT_DAY",
    "LEAST",
    "MOST",
    "MOST_NOTICE",
    "ONCE",
    "PRICE",
    "AgreementTemplate",
    "Amendment",
    "Closing",
    "Completion",
    "Cooperation",
    "CooperationQuerySet",
    "Dispute",
    "Ending",
    "FirstPayment",
    "Obligation",
    "ObligationReminder",
    "Pause",
    "Review",
    "Statement",
    "Version",
    "plain_term",
    "price_from",
    "put_terms",
    "terms_of",
]
