from django.urls import path

from matchmaking.cooperation import views

urlpatterns = [
    path("cooperations/", views.cooperation_list, name="cooperation_list"),
    path("cooperations/<int:pk>/", views.cooperation_detail, name="cooperation_detail"),
    path("cooperations/<int:pk>/contact/", views.cooperation_contact, name="cooperation_contact"),
]
