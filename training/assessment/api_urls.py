from rest_framework.routers import SimpleRouter

from training.assessment import api

router = SimpleRouter()
router.register("course-quizzes", api.QuizViewSet, basename="api-quiz")
router.register("course-questions", api.QuestionViewSet, basename="api-question")
router.register("quiz-attempts", api.AttemptViewSet, basename="api-attempt")
router.register("course-assignments", api.AssignmentViewSet, basename="api-assignment")
router.register("course-works", api.WorkViewSet, basename="api-work")
router.register("course-marks", api.MarkViewSet, basename="api-mark")
router.register("course-feedback", api.FeedbackViewSet, basename="api-feedback")
urlpatterns = router.urls
