"""Certificates for operators: they read here, and take back with a reason."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from training.certificates import forms, services
from training.certificates.models import Certificate


@admin.register(Certificate)
class IssuedCertificateAdmin(ReadOnlyAdmin):
    list_display = (
        "written_number",
        "masked",
        "party",
        "course",
        "issued_at",
        "expires_on",
        "status",
    )
    list_filter = ("status",)
    list_select_related = ("course", "enrolment__party", "enrolment__learner")
    search_fields = ("number", "enrolment__party__name", "course__title_zh", "course__code")
    ordering = ("-issued_at",)
    exclude = ("holder_sealed",)
    actions = ("revoke",)

    @admin.display(description=_("party"))
    def party(self, certificate: Certificate) -> str:
        return certificate.party.name

    @admin.display(description=_("number"))
    def written_number(self, certificate: Certificate) -> str:
        return certificate.written_number

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("certificates.revoke_certificate")

    @admin.action(description=_("Revoke, with a reason"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[Certificate]) -> HttpResponse | None:
        """The reason on a page of its own; then the service for each row."""
        form = forms.ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Revoke, with a reason"),
            lambda row: services.revoke_certificate(
                request.actor, certificate=row, reason=form.cleaned_data["reason"]
            ),
            form,
        )
