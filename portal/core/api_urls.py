from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.core.exports.api import ExportViewSet
from portal.core.files.api import FileListView, FileView
from portal.core.imports.api import ImportViewSet

router = SimpleRouter()
router.register("exports", ExportViewSet, basename="api-export")
router.register("imports", ImportViewSet, basename="api-import")

urlpatterns = [
    path("files/", FileListView.as_view(), name="api-file-list"),
    path("files/<uuid:pk>/", FileView.as_view(), name="api-file-detail"),
    *router.urls,
]
