from django.urls import path

from portal.invoicing import views

urlpatterns = [
    path("books/vouchers/", views.voucher_list, name="voucher_list"),
    path("books/ageing/", views.ageing_register, name="ageing_register"),
    path("books/ageing/balances/", views.balance_register, name="balance_register"),
    path("money/ageing/", views.ageing_list, name="ageing_list"),
]
