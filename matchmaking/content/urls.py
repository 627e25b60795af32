from django.urls import path

from matchmaking.content import views

STEPS = (
    ("quote", views.content_order_quote),
    ("acceptance", views.content_order_acceptance),
    ("refusal", views.content_order_refusal),
    ("withdrawal", views.content_order_withdrawal),
    ("piece", views.content_order_piece),
    ("revision", views.content_order_revision),
    ("approval", views.content_order_approval),
    ("payment", views.content_order_payment),
    ("confirmation", views.content_order_confirmation),
)

urlpatterns = [
    path("content-orders/", views.content_order_list, name="content_order_list"),
    path("content-orders/to/<int:party>/", views.content_order_create, name="content_order_create"),
    path("content-orders/<uuid:pk>/", views.content_order_detail, name="content_order_detail"),
    *(
        path(f"content-orders/<uuid:pk>/{end}/", view, name=f"content_order_{end}")
        for end, view in STEPS
    ),
]
