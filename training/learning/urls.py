from django.urls import path

from training.learning import views

urlpatterns = [
    path("courses/", views.course_list, name="course_list"),
    path("courses/programmes/<slug:code>/", views.programme_detail, name="programme_detail"),
    path("courses/sessions/<int:pk>/", views.session_detail, name="session_detail"),
    path("courses/sessions/<int:pk>/enrolment/", views.session_enrolment, name="session_enrolment"),
    path("courses/<slug:code>/", views.course_detail, name="course_detail"),
    path("courses/<slug:code>/lessons/<int:position>/", views.lesson_detail, name="lesson_detail"),
    path(
        "courses/<slug:code>/lessons/<int:position>/done/",
        views.lesson_completion,
        name="lesson_completion",
    ),
    path("learning/", views.learning_home, name="learning_home"),
    path("learning/ours/", views.learning_of_party, name="learning_of_party"),
    path("learning/feed/", views.learning_feed, name="learning_feed"),
    path("learning/calendar/<str:token>.ics", views.learning_calendar, name="learning_calendar"),
    path("learning/here/<str:code>/", views.room_scan, name="room_scan"),
    path("learning/<uuid:pk>/", views.enrolment_detail, name="enrolment_detail"),
    path("learning/<uuid:pk>/seat/", views.enrolment_seat, name="enrolment_seat"),
    path("learning/<uuid:pk>/withdrawal/", views.enrolment_withdrawal, name="enrolment_withdrawal"),
    path("training/enrolments/", views.training_enrolments, name="training_enrolments"),
    path("teaching/", views.teaching_home, name="teaching_home"),
    path("teaching/<int:pk>/", views.teaching_session, name="teaching_session"),
    path("teaching/<int:pk>/presence/", views.teaching_presence, name="teaching_presence"),
    path("teaching/<int:pk>/room/", views.teaching_room, name="teaching_room"),
    path("teaching/<int:pk>/messages/", views.teaching_message, name="teaching_message"),
    path("teaching/meetings/<int:pk>/code/", views.room_code, name="room_code"),
    path(
        "teaching/meetings/<int:pk>/everybody/", views.teaching_everybody, name="teaching_everybody"
    ),
]
