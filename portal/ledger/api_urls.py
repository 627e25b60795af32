from django.urls import path

from portal.ledger import api

urlpatterns = [
    path("money/accounts/", api.AccountsView.as_view(), name="api-money-accounts"),
    path("money/entries/", api.EntriesView.as_view(), name="api-money-entries"),
]
