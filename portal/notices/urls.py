from django.urls import path

from portal.notices import views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/reading/", views.notice_reading, name="notice_reading"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
]
