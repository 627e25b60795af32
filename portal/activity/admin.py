from django.contrib import admin

from portal.activity.models import ActivityDay, Distribution, Figures
from portal.core.admin import ReadOnlyAdmin


@admin.register(ActivityDay)
class ActivityDayAdmin(ReadOnlyAdmin):
    """What each source said of each day; files come in through the imports."""

    list_display = ("day", "party", "followers", "videos", "lives", "has_sold", "source")
    list_filter = ("source", "has_sold")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    date_hierarchy = "day"
    ordering = ("-day", "-id")


@admin.register(Figures)
class FiguresAdmin(ReadOnlyAdmin):
    """What each source said of creators."""

    list_display = ("day", "party", "average_views", "gpm_fen", "live_minutes", "source")
    list_filter = ("source",)
    list_select_related = ("party",)
    search_fields = ("party__name",)
    date_hierarchy = "day"
    ordering = ("-day", "-id")


@admin.register(Distribution)
class DistributionAdmin(ReadOnlyAdmin):
    """Of whom creators' audiences are, and what they sell."""

    list_display = ("day", "party", "kind", "source")
    list_filter = ("source", "kind")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    date_hierarchy = "day"
    ordering = ("-day", "-id")
