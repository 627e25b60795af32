from portal.invoicing.views.books import (
    ageing_list,
    ageing_register,
    balance_register,
    voucher_list,
)

__all__ = ["ageing_list", "ageing_register", "balance_register", "voucher_list"]
