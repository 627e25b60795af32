from django.urls import path

from portal.core import health, views
from portal.core.exports.views import export_list
from portal.core.files.views import file_read
from portal.core.imports import views as imports
from portal.core.tables.views import table_columns

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("files/<uuid:pk>/", file_read, name="file_read"),
    path("exports/", export_list, name="export_list"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/<str:kind>/", imports.import_create, name="import_create"),
    path("imports/new/<str:kind>/template/", imports.import_template, name="import_template"),
    path("imports/<uuid:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<uuid:pk>/faults/", imports.import_faults, name="import_faults"),
    path("imports/<uuid:pk>/application/", imports.import_application, name="import_application"),
    path("imports/<uuid:pk>/discarding/", imports.import_discarding, name="import_discarding"),
    path("imports/<uuid:pk>/retry/", imports.import_retry, name="import_retry"),
    path("tables/<str:name>/columns/", table_columns, name="table_columns"),
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<uuid:pk>/", views.job_detail, name="job_detail"),
    path("jobs/<uuid:pk>/retry/", views.job_retry, name="job_retry"),
]
