from django.urls import path

from training.advice import views

OF_CHAPTER = (
    ("draft", views.chapter_draft),
    ("publication", views.chapter_publication),
    ("retirement", views.chapter_retirement),
    ("move", views.chapter_move),
)
OF_BOOKING = (
    ("cancellation", views.booking_cancellation),
    ("holding", views.booking_holding),
    ("absence", views.booking_absence),
    ("notes", views.booking_notes),
    ("rating", views.booking_rating),
    ("calendar", views.booking_calendar),
)

urlpatterns = [
    path("handbook/", views.chapter_list, name="chapter_list"),
    path("handbook/print/", views.handbook_print, name="handbook_print"),
    path("handbook/desk/", views.handbook_desk, name="handbook_desk"),
    path("handbook/new/", views.chapter_create, name="chapter_create"),
    path("handbook/desk/<slug:code>/", views.chapter_edit, name="chapter_edit"),
    *(
        path(f"handbook/desk/<slug:code>/{name}/", view, name=f"chapter_{name}")
        for name, view in OF_CHAPTER
    ),
    path("handbook/<slug:code>/", views.chapter_detail, name="chapter_detail"),
    path("handbook/<slug:code>/reading/", views.chapter_reading, name="chapter_reading"),
    path(
        "handbook/<slug:code>/versions/<int:number>/",
        views.chapter_version,
        name="chapter_version",
    ),
    path(
        "handbook/<slug:code>/versions/<int:number>/changes/",
        views.chapter_changes,
        name="chapter_changes",
    ),
    path("advisers/", views.adviser_list, name="adviser_list"),
    path("advisers/bookings/", views.booking_list, name="booking_list"),
    path("advisers/hours/", views.adviser_hours, name="adviser_hours"),
    path("advisers/desk/", views.advice_desk, name="advice_desk"),
    path("advisers/new/", views.adviser_create, name="adviser_create"),
    path("advisers/<int:pk>/", views.adviser_detail, name="adviser_detail"),
    path("advisers/<int:pk>/edit/", views.adviser_edit, name="adviser_edit"),
    path("advisers/<int:pk>/release/", views.adviser_release, name="adviser_release"),
    path("advisers/<int:pk>/slots/", views.slot_create, name="slot_create"),
    path("advisers/slots/<int:pk>/booking/", views.slot_booking, name="slot_booking"),
    path("advisers/slots/<int:pk>/withdrawal/", views.slot_withdrawal, name="slot_withdrawal"),
    path("advisers/bookings/<uuid:pk>/", views.booking_detail, name="booking_detail"),
    *(
        path(f"advisers/bookings/<uuid:pk>/{name}/", view, name=f"booking_{name}")
        for name, view in OF_BOOKING
    ),
]
