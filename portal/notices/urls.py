from django.urls import path

from portal.notices import views

urlpatterns = [
    path("announcements/", views.announcement_list, name="announcement_list"),
    path("announcements/<int:pk>/", views.announcement_detail, name="announcement_detail"),
    path(
        "announcements/<int:pk>/dismissal/",
        views.announcement_dismissal,
        name="announcement_dismissal",
    ),
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/reading/", views.notice_reading, name="notice_reading"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("notices/settings/", views.notice_settings, name="notice_settings"),
    path("notices/settings/test/", views.notice_test, name="notice_test"),
    path("notices/messages/", views.delivery_list, name="delivery_list"),
    path("notices/bots/", views.chat_bot_list, name="chat_bot_list"),
    path("notices/bots/<uuid:pk>/test/", views.chat_bot_test, name="chat_bot_test"),
    path("notices/bots/<uuid:pk>/end/", views.chat_bot_end, name="chat_bot_end"),
    path(
        "notices/unsubscribing/<str:token>/",
        views.notice_unsubscribing,
        name="notice_unsubscribing",
    ),
]
