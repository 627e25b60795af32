from django.urls import path

from training.certificates import views

# What is a word stands before what may be a number.
urlpatterns = [
    path("certificates/", views.certificate_check, name="certificate_check"),
    path("certificates/mine/", views.certificate_own, name="certificate_own"),
    path("certificates/team/", views.certificate_team, name="certificate_team"),
    path("certificates/desk/", views.certificate_desk, name="certificate_desk"),
    path("certificates/desk/issue/", views.certificate_issue, name="certificate_issue"),
    path("certificates/desk/runs/<uuid:pk>/", views.certificate_run, name="certificate_run"),
    path("certificates/<str:number>/", views.certificate_proof, name="certificate_proof"),
    path("certificates/<str:number>/paper.pdf", views.certificate_paper, name="certificate_paper"),
    path("certificates/<str:number>/poster/", views.certificate_poster, name="certificate_poster"),
    path(
        "certificates/<str:number>/poster.png",
        views.certificate_picture,
        name="certificate_picture",
    ),
    path(
        "certificates/<str:number>/revocation/",
        views.certificate_revocation,
        name="certificate_revocation",
    ),
    path(
        "certificates/<str:number>/restoration/",
        views.certificate_restoration,
        name="certificate_restoration",
    ),
]
