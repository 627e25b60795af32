from django.urls import path
from drf_spectacular.views import SpectacularSwaggerSplitView

from portal.pages import api, change_list, home, styleguide, workbench
from portal.pages.docs import relaxed_styles

urlpatterns = [
    path("", home.home, name="home"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("api/v1/workbench/", api.WorkbenchView.as_view(), name="api-workbench"),
    path("api/v1/workbench/queues/", api.QueuesView.as_view(), name="api-queues"),
    path("changes/", change_list.change_list, name="change_list"),
    path("changes/seen/", change_list.change_seen, name="change_seen"),
    path("api/v1/changes/", api.ChangesView.as_view(), name="api-changes"),
    path("api/v1/changes/seen/", api.SeenView.as_view(), name="api-changes-seen"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path(
        "docs/",
        relaxed_styles(SpectacularSwaggerSplitView.as_view(url_name="schema")),
        name="api_docs",
    ),
]
