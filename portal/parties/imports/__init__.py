"""The files that parties take: registered when they are read."""

from portal.parties.imports.open_data import (
    OPEN_DATA,
)
from portal.parties.imports.roster import (
    ROSTER,
)

__all__ = [
    "OPEN_DATA",
    "ROSTER",
]
