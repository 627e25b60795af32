from django.urls import path

from matchmaking.samples import views

STEPS = (
    ("address", views.sample_address),
    ("approval", views.sample_approval),
    ("refusal", views.sample_refusal),
    ("withdrawal", views.sample_withdrawal),
    ("shipment", views.sample_shipment),
    ("receipt", views.sample_receipt),
    ("loss", views.sample_loss),
    ("post", views.sample_post),
    ("waiver", views.sample_waiver),
)

urlpatterns = [
    path("samples/", views.sample_list, name="sample_list"),
    path("cooperations/<int:pk>/samples/new/", views.sample_create, name="sample_create"),
    path("samples/<uuid:pk>/", views.sample_detail, name="sample_detail"),
    *(path(f"samples/<uuid:pk>/{end}/", view, name=f"sample_{end}") for end, view in STEPS),
]
