from matchmaking.cooperation.models.cooperation import (
    Cooperation,
    CooperationQuerySet,
)
from matchmaking.cooperation.models.obligation import (
    Obligation,
    ObligationReminder,
)
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

__all__ = [
    "ASPECTS",
    "LEAST",
    "MOST",
    "Amendment",
    "Completion",
    "Cooperation",
    "CooperationQuerySet",
    "Ending",
    "Obligation",
    "ObligationReminder",
    "Pause",
    "Review",
]
