from matchmaking.fairs.selectors.checks import checks_of
from matchmaking.fairs.selectors.fairs import (
    Progress,
    SeatRow,
    fairs_of_year,
    list_fairs,
    own_sign_ups,
    products_shown,
    seats_of,
    year_progress,
)
from matchmaking.fairs.selectors.opening import Opening, forget_opening, opening_of
from matchmaking.fairs.selectors.plans import (
    Candidate,
    Instance,
    Marks,
    agenda_of,
    board_of,
    candidates_of,
    difference,
    grid_of,
    instance_of,
    meetings_of,
)
from matchmaking.fairs.selectors.returns import (
    FairReturn,
    return_of,
)

__all__ = [
    "Candidate",
    "FairReturn",
    "Instance",
    "Marks",
    "Opening",
    "Progress",
    "SeatRow",
    "agenda_of",
    "board_of",
    "candidates_of",
    "checks_of",
    "difference",
    "fairs_of_year",
    "forget_opening",
    "grid_of",
    "instance_of",
    "list_fairs",
    "meetings_of",
    "opening_of",
    "own_sign_ups",
    "products_shown",
    "return_of",
    "seats_of",
    "year_progress",
]
