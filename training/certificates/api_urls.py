from rest_framework.routers import SimpleRouter

from training.certificates import api

router = SimpleRouter()
router.register("certificates", api.CertificateViewSet, basename="api-certificate")
router.register("certificate-runs", api.CertificateRunViewSet, basename="api-certificate-run")
urlpatterns = router.urls
