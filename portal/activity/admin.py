from django.contrib import admin

from portal.activity.models import ActivityDay
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
