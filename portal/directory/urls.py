"""The pages of each kind, and the shortlist. The page of one provider is in parties."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from portal.directory import views
from portal.directory.doors import DOORS, Door
from portal.parties.states import PartyKind


def _pages(door: Door) -> Iterator[URLPattern]:
    kind = {"kind": door.kind}
    yield path(f"{door.path}/", views.directory_list, kind, name=f"{door.kind}_list")
    compare = f"{door.path}/compare/"
    yield path(compare, views.directory_compare, kind, name=f"{door.kind}_compare")
    if door.kind != PartyKind.PROVIDER:
        profile = f"{door.path}/<int:pk>/"
        yield path(profile, views.directory_detail, kind, name=f"{door.kind}_detail")


urlpatterns = [
    *(page for door in DOORS.values() for page in _pages(door)),
    path("shortlist/", views.shortlist, name="shortlist"),
    path("shortlist/<int:pk>/", views.shortlist_entry, name="shortlist_entry"),
]
