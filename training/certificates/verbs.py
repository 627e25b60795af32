"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "issue_certificate": _("issued the certificate"),
        "renew_certificate": _("issued the certificate that renews another"),
        "expire_certificate": _("the certificate ended"),
        "revoke_certificate": _("revoked the certificate"),
        "restore_certificate": _("gave the certificate back"),
        "start_issue": _("began to issue certificates"),
    },
)
