from django.urls import path

from portal.parties import views

urlpatterns = [
    path("parties/new/", views.party_create, name="party_create"),
    path("parties/switch/", views.party_switch, name="party_switch"),
    path("parties/<int:pk>/", views.party_detail, name="party_detail"),
    path("parties/<int:pk>/edit/", views.party_edit, name="party_edit"),
    path("parties/<int:pk>/submission/", views.party_submission, name="party_submission"),
    path("parties/<int:pk>/visibility/", views.party_visibility, name="party_visibility"),
    path("providers/<int:pk>/", views.provider_detail, name="provider_detail"),
]
