"""The pages of each kind, the shortlist and saved searches."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from portal.directory import views
from portal.directory.doors import DOORS, Door


def _pages(door: Door) -> Iterator[URLPattern]:
    kind = {"kind": door.kind}
    yield path(f"{door.path}/", views.directory_list, kind, name=f"{door.kind}_list")
    compare = f"{door.path}/compare/"
    yield path(compare, views.directory_compare, kind, name=f"{door.kind}_compare")
    profile = f"{door.path}/<int:pk>/"
    yield path(profile, views.directory_detail, kind, name=f"{door.kind}_detail")


urlpatterns = [
    *(page for door in DOORS.values() for page in _pages(door)),
    path("shortlist/", views.shortlist, name="shortlist"),
    path("shortlist/<int:pk>/", views.shortlist_entry, name="shortlist_entry"),
    path("shortlist/<int:pk>/note/", views.shortlist_note, name="shortlist_note"),
    path("searches/", views.search_list, name="search_list"),
    path("searches/silence/", views.search_silence, name="search_silence"),
    path("searches/<uuid:pk>/", views.search_detail, name="search_detail"),
    path("searches/<uuid:pk>/look/", views.search_look, name="search_look"),
    path("searches/<uuid:pk>/notices/", views.search_notices, name="search_notices"),
    path("searches/<uuid:pk>/deletion/", views.search_deletion, name="search_deletion"),
]
