from django.urls import path

from training.assessment import views

urlpatterns = [
    path("quizzes/<uuid:pk>/", views.quiz_detail, name="quiz_detail"),
    path("quizzes/<uuid:pk>/attempts/", views.attempt_create, name="attempt_create"),
    path("quizzes/attempts/<uuid:pk>/", views.attempt_detail, name="attempt_detail"),
    path("quizzes/attempts/<uuid:pk>/answers/", views.attempt_answers, name="attempt_answers"),
    path(
        "quizzes/attempts/<uuid:pk>/submission/",
        views.attempt_submission,
        name="attempt_submission",
    ),
    path("assignments/<uuid:pk>/", views.assignment_detail, name="assignment_detail"),
    path("learning/<uuid:pk>/feedback/", views.feedback_create, name="feedback_create"),
    path("marking/", views.marking_list, name="marking_list"),
    path("marking/<uuid:pk>/", views.marking_detail, name="marking_detail"),
    path("teaching/<int:pk>/results/", views.teaching_results, name="teaching_results"),
    path("training/questions/", views.question_register, name="question_register"),
    path("training/questions/<int:pk>/", views.question_edit, name="question_edit"),
    path(
        "training/questions/<int:pk>/retirement/",
        views.question_retirement,
        name="question_retirement",
    ),
    path(
        "training/courses/<slug:code>/questions/new/",
        views.question_create,
        name="question_create",
    ),
    path("training/courses/<slug:code>/quiz/", views.quiz_edit, name="quiz_edit"),
    path("training/courses/<slug:code>/assignment/", views.assignment_edit, name="assignment_edit"),
    path("training/works/", views.work_register, name="work_register"),
]
