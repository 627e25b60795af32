from django.urls import path
from drf_spectacular.views import SpectacularSwaggerSplitView

from portal.pages import api, home, styleguide, workbench
from portal.pages.docs import relaxed_styles

urlpatterns = [
    path("", home.home, name="home"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("api/v1/workbench/", api.WorkbenchView.as_view(), name="api-workbench"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path(
        "docs/",
        relaxed_styles(SpectacularSwaggerSplitView.as_view(url_name="schema")),
        name="api_docs",
    ),
]
