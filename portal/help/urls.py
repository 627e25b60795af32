from django.urls import path

from portal.help import views

urlpatterns = [
    path("help/", views.article_list, name="article_list"),
    path("help/articles/<slug:code>/", views.article_detail, name="article_detail"),
    path("help/ask/", views.help_ask, name="help_ask"),
    path("help/link/<str:proof>/", views.ticket_link, name="ticket_link"),
    path("help/tickets/", views.ticket_list, name="ticket_list"),
    path("help/tickets/<uuid:public_id>/", views.ticket_detail, name="ticket_detail"),
    path("help/tickets/<uuid:public_id>/messages/", views.ticket_reply, name="ticket_reply"),
    path(
        "help/tickets/<uuid:public_id>/resolution/",
        views.ticket_resolution,
        name="ticket_resolution",
    ),
    path("help/tickets/<uuid:public_id>/rating/", views.ticket_rating, name="ticket_rating"),
    path("help/desk/", views.desk_list, name="desk_list"),
    path("help/desk/<uuid:public_id>/", views.desk_ticket, name="desk_ticket"),
    path("help/desk/<uuid:public_id>/answers/", views.desk_answer, name="desk_answer"),
    path("help/desk/<uuid:public_id>/assignment/", views.desk_assignment, name="desk_assignment"),
    path("help/desk/<uuid:public_id>/priority/", views.desk_priority, name="desk_priority"),
]
