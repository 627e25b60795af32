from django.urls import path
from rest_framework.routers import SimpleRouter

from training.courses import api

router = SimpleRouter()
router.register("training/courses", api.CourseDeskViewSet, basename="api-course-desk")
router.register("training/sessions", api.SessionDeskViewSet, basename="api-session-desk")
router.register("training/programmes", api.ProgrammeDeskViewSet, basename="api-programme-desk")
urlpatterns = [
    path("training/plan/", api.TrainingPlanView.as_view(), name="api-training-plan"),
    *router.urls,
]
