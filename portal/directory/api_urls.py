from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.directory import api

router = SimpleRouter(use_regex_path=False)
router.register("shortlist", api.ShortlistViewSet, basename="api-shortlist")
router.register("searches", api.SavedSearchViewSet, basename="api-search")
urlpatterns = [
    path("directory/<str:directory>/", api.DirectoryView.as_view(), name="api-directory"),
    path(
        "directory/<str:directory>/<int:pk>/",
        api.ProfileView.as_view(),
        name="api-directory-profile",
    ),
    *router.urls,
]
