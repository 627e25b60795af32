from django.urls import path

from portal.recruitment import views

urlpatterns = [
    path("recruitment/", views.round_list, name="round_list"),
    path("recruitment/<int:pk>/", views.round_detail, name="round_detail"),
    path("recruitment/<int:pk>/application/", views.round_application, name="round_application"),
    path(
        "recruitment/applications/<uuid:pk>/", views.application_detail, name="application_detail"
    ),
    path(
        "recruitment/applications/<uuid:pk>/withdrawal/",
        views.application_withdrawal,
        name="application_withdrawal",
    ),
]
