from django.urls import path

from portal.ledger import views

urlpatterns = [
    path("money/entries/", views.money_entries, name="money_entries"),
    path("money/accounts/<int:pk>/", views.money_statement, name="money_statement"),
    path("books/", views.books_detail, name="books_detail"),
    path("books/closing/", views.books_closing, name="books_closing"),
]
