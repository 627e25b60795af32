from portal.parties.selectors.parties import (
    whole_parties,
)

__all__ = [
    "whole_parties",
]
