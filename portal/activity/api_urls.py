from django.urls import path

from portal.activity.api import ActivityView

urlpatterns = [path("activity/", ActivityView.as_view(), name="api-activity")]
