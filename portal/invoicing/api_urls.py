from django.urls import path

from portal.invoicing import api

urlpatterns = [
    path("books/vouchers/", api.VouchersView.as_view(), name="api-vouchers"),
    path("ageing/", api.AgeingView.as_view(), name="api-ageing"),
]
