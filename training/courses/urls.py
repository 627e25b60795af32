from django.urls import path

from training.courses import views

urlpatterns = [
    path("training/", views.training_desk, name="training_desk"),
    path("training/courses/", views.course_register, name="course_register"),
    path("training/courses/new/", views.course_create, name="course_create"),
    path("training/courses/<slug:code>/", views.course_edit, name="course_edit"),
    *(
        path(
            f"training/courses/<slug:code>/{name}/",
            views.course_step,
            {"step": step},
            name=f"course_{name}",
        )
        for name, step in (("publication", "publish"), ("archive", "archive"))
    ),
    path("training/courses/<slug:code>/materials/", views.course_material, name="course_material"),
    path("training/courses/<slug:code>/lessons/new/", views.lesson_create, name="lesson_create"),
    path(
        "training/courses/<slug:code>/lessons/<int:position>/",
        views.lesson_edit,
        name="lesson_edit",
    ),
    path(
        "training/courses/<slug:code>/lessons/<int:position>/move/",
        views.lesson_move,
        name="lesson_move",
    ),
    path("training/courses/<slug:code>/sessions/new/", views.session_create, name="session_create"),
    path("training/materials/<int:pk>/removal/", views.material_removal, name="material_removal"),
    path("training/sessions/<int:pk>/", views.session_edit, name="session_edit"),
    path("training/sessions/<int:pk>/opening/", views.session_opening, name="session_opening"),
    path(
        "training/sessions/<int:pk>/cancellation/",
        views.session_cancellation,
        name="session_cancellation",
    ),
    path("training/programmes/new/", views.programme_create, name="programme_create"),
    path("training/programmes/<slug:code>/", views.programme_edit, name="programme_edit"),
    *(
        path(
            f"training/programmes/<slug:code>/{name}/",
            views.programme_step,
            {"step": step},
            name=f"programme_{name}",
        )
        for name, step in (("publication", "publish"), ("end", "end"))
    ),
]
