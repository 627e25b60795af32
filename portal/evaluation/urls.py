from django.urls import path

from portal.evaluation import views

urlpatterns = [
    path("evaluation/facts/", views.fact_list, name="fact_list"),
    path("evaluation/facts/<int:pk>/", views.fact_detail, name="fact_detail"),
]
