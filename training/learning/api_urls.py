from django.urls import path
from rest_framework.routers import SimpleRouter

from training.learning import api

router = SimpleRouter()
router.register("courses", api.CourseViewSet, basename="api-course")
router.register("course-sessions", api.CourseSessionViewSet, basename="api-course-session")
router.register("course-programmes", api.ProgrammeViewSet, basename="api-programme")
router.register("enrolments", api.EnrolmentViewSet, basename="api-enrolment")
urlpatterns = [
    path("course-presences/", api.PresenceScanView.as_view(), name="api-course-presence"),
    path("learning-calendar/", api.LearningCalendarView.as_view(), name="api-learning-calendar"),
    *router.urls,
]
