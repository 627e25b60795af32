from django.urls import path

from portal.growth import views

urlpatterns = [
    path("growth/", views.growth_home, name="growth_home"),
    path("growth/benefits/", views.growth_benefits, name="growth_benefits"),
    path("growth/creators/", views.growth_register, name="growth_register"),
    path("growth/rules/<int:pk>/", views.growth_rules_detail, name="growth_rules_detail"),
]
