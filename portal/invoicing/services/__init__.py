from portal.invoicing.services.ageing import count_ageing
from portal.invoicing.services.tables import (
    approve_table,
    confirm_table,
    propose_table,
    refuse_table,
    say_profile,
)

__all__ = [
    "approve_table",
    "confirm_table",
    "count_ageing",
    "propose_table",
    "refuse_table",
    "say_profile",
]
