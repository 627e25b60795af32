from django.urls import path

from portal.directory import api

urlpatterns = [
    path("directory/<str:directory>/", api.DirectoryView.as_view(), name="api-directory"),
]
