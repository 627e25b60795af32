from django.urls import path

from portal.webhooks import views

urlpatterns = [
    path("parties/<int:pk>/webhooks/", views.webhook_list, name="webhook_list"),
    path("webhooks/events/", views.webhook_events, name="webhook_events"),
    path("webhooks/<uuid:pk>/", views.webhook_detail, name="webhook_detail"),
    path("webhooks/<uuid:pk>/secret/", views.webhook_secret, name="webhook_secret"),
    path("webhooks/<uuid:pk>/test/", views.webhook_test, name="webhook_test"),
    path("webhooks/<uuid:pk>/pause/", views.webhook_pause, name="webhook_pause"),
    path("webhooks/<uuid:pk>/resumption/", views.webhook_resumption, name="webhook_resumption"),
    path("webhooks/<uuid:pk>/end/", views.webhook_end, name="webhook_end"),
    path(
        "webhooks/deliveries/<uuid:pk>/",
        views.webhook_delivery_detail,
        name="webhook_delivery_detail",
    ),
    path("webhooks/deliveries/<uuid:pk>/replay/", views.webhook_replay, name="webhook_replay"),
]
