"""The handbook for operators: what stands in it, and every version."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from training.advice import services
from training.advice.models import Chapter, ChapterVersion


@admin.register(Chapter)
class ChapterAdmin(ReadOnlyAdmin):
    list_display = ("link", "position", "created_at", "retired_at")
    list_display_links = None
    list_filter = (("retired_at", admin.EmptyFieldListFilter),)
    search_fields = ("code", "versions__title_zh", "versions__title_en")
    ordering = ("position",)
    actions = ("publish", "retire", "put_back")

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("advice.edit_handbook")

    @admin.display(description=_("code"), ordering="code")
    def link(self, chapter: Chapter) -> str:
        url = reverse("chapter_edit", args=[chapter.code])
        return format_html('<a href="{}">{}</a>', url, chapter.code)

    @admin.action(description=_("Publish the drafts of new chapters"), permissions=["edit"])
    def publish(self, request: HttpRequest, rows: QuerySet[Chapter]) -> None:
        """A chapter that was published before needs words on what is new: at its desk."""
        self.run(request, rows, lambda row: services.publish_chapter(request.actor, chapter=row))

    @admin.action(description=_("Take out of the handbook"), permissions=["edit"])
    def retire(self, request: HttpRequest, rows: QuerySet[Chapter]) -> None:
        self.run(request, rows, lambda row: services.retire_chapter(request.actor, chapter=row))

    @admin.action(description=_("Put back into the handbook"), permissions=["edit"])
    def put_back(self, request: HttpRequest, rows: QuerySet[Chapter]) -> None:
        self.run(request, rows, lambda row: services.return_chapter(request.actor, chapter=row))


@admin.register(ChapterVersion)
class ChapterVersionAdmin(ReadOnlyAdmin):
    list_display = ("chapter", "number", "title_zh", "published_at", "published_by")
    list_select_related = ("chapter", "published_by")
    search_fields = ("title_zh", "title_en")
    date_hierarchy = "published_at"
    ordering = ("-published_at",)
