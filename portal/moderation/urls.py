from django.urls import path

from portal.moderation import views

urlpatterns = [
    path("moderation/cases/", views.case_list, name="case_list"),
    path("moderation/cases/<int:pk>/", views.case_detail, name="case_detail"),
]
