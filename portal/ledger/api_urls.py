from django.urls import path

from portal.ledger import api

urlpatterns = [
    path("money/accounts/", api.AccountsView.as_view(), name="api-money-accounts"),
    path("money/entries/", api.EntriesView.as_view(), name="api-money-entries"),
    path(
        "money/accounts/<int:pk>/statement/",
        api.StatementView.as_view(),
        name="api-money-statement",
    ),
    path("money/accounts/<int:pk>/balance/", api.AsOfView.as_view(), name="api-money-as-of"),
    path("books/", api.BooksView.as_view(), name="api-books"),
    path("books/closings/", api.ClosingsView.as_view(), name="api-books-closings"),
]
