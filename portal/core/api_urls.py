from django.urls import path

from portal.core.files.api import FileListView, FileView

urlpatterns = [
    path("files/", FileListView.as_view(), name="api-file-list"),
    path("files/<uuid:pk>/", FileView.as_view(), name="api-file-detail"),
]
