"""Who may do what: the rows of the first parts, and all rows together.

A row reads `METHOD route[@what]: "role status, …, * status"`; `*` is everybody who is not named,
`staff` each staff group and the administrator.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.parties.staff import GROUPS
from tests.routes import parts

PEOPLE = (*("visitor", "stranger", "owner", "member", "provider", "rival", "agency", "creator"),)
STAFF = (*sorted(GROUPS), "administrator")
ROLES = (*PEOPLE, *STAFF)

# Routes that are not ours to decide about, each with its reason.
EXEMPT = {
    "": "allauth's redirects of old addresses",
    "mfa_index": "allauth",
    "mfa_authenticate": "allauth",
    "mfa_reauthenticate": "allauth",
    "mfa_activate_totp": "allauth",
    "mfa_deactivate_totp": "allauth",
    "mfa_view_recovery_codes": "allauth",
    "mfa_generate_recovery_codes": "allauth",
    "mfa_download_recovery_codes": "allauth",
    "mfa_list_webauthn": "allauth",
    "mfa_add_webauthn": "allauth",
    "mfa_reauthenticate_webauthn": "allauth",
    "mfa_remove_webauthn": "allauth",
    "mfa_edit_webauthn": "allauth",
    "mfa_login_webauthn": "allauth",
    "account_login": "allauth's own pages, tested by allauth; ours is their look",
    "account_logout": "allauth",
    "account_inactive": "allauth",
    "account_signup": "allauth",
    "account_reauthenticate": "allauth",
    "account_email": "allauth",
    "account_email_verification_sent": "allauth",
    "account_change_password": "allauth",
    "account_set_password": "allauth",
    "account_reset_password": "allauth",
    "account_confirm_login_code": "allauth",
    "account_confirm_email": "allauth",
    "account_reset_password_from_key_done": "allauth",
    "account_reset_password_from_key": "allauth",
    "account_reset_password_done": "allauth",
    "admin:": "Django's redirect of old admin addresses and its catch-all 404",
}

NOT_BUILT_YET = (*("/campaigns/",),)

# --- the table --------------------------------------------------------------------------------

# Operators who read what was published of a need, also when it has ended.
LOOKS_AFTER = "auditor 200, operator 200, risk 200, administrator 200"
PAGES = {
    "GET home": "* 200",
    "GET workbench": "visitor 302, * 200",
    "GET styleguide": "* 200",
    "GET api_docs": "* 200",
    "GET healthz": "* 200",
    "GET readyz": "* 503",  # no worker runs beside this test
    "GET metrics": "* 404",
    "POST set_language": "* 302",
    "GET job_list": "visitor 302, operator 200, administrator 200, * 403",
    "GET job_detail": "visitor 302, operator 200, administrator 200, * 403",
    "POST job_retry": "visitor 302, operator 302, administrator 302, * 403",
    "GET party_create": "visitor 302, * 200",
    "POST party_create": "visitor 302, * 200",  # an empty form comes back
    "POST party_switch": "visitor 302, owner 302, member 302, * 404",
    "GET party_detail": "visitor 302, owner 200, member 200, * 404",
    "GET party_edit": "visitor 302, owner 200, member 403, * 404",
    "POST party_edit": "visitor 302, owner 200, member 403, * 404",
    "POST party_submission": "visitor 302, owner 409, member 403, * 404",  # listed already
    "POST party_visibility": "visitor 302, owner 302, member 403, * 404",
    "GET provider_detail": "* 200",
    "GET provider_list": "* 200",
    "GET provider_compare": "* 200",
    "GET agency_list": "* 200",
    "GET agency_compare": "* 200",
    "GET agency_detail": "* 200",
    "GET creator_list": "* 200",
    "GET creator_compare": "* 200",
    "GET creator_detail": "* 200",
    "GET merchant_list": "* 200",
    "GET merchant_compare": "* 200",
    "GET merchant_detail": "* 200",
    "GET shortlist": "visitor 302, * 200",
    "POST shortlist_entry": (
        "visitor 302, owner 302, member 302, rival 302, agency 302, creator 302, "
        "provider 409, * 403"
    ),
    "GET notice_list": "visitor 302, * 200",
    "POST notice_reading": "* 302",
    "POST notice_open": "visitor 302, owner 302, * 404",
    "GET cooperation_list": "visitor 302, * 200",
    "GET cooperation_detail": "visitor 302, owner 200, member 200, provider 200, * 404",
    "POST cooperation_contact": "visitor 302, owner 200, provider 200, member 403, * 404",
    "GET need_list": "* 200",
    "GET need_create": "visitor 302, owner 200, * 403",
    "POST need_create": "visitor 302, owner 200, * 403",
    "GET need_detail": "* 200",
    "GET need_detail@draft": "owner 200, member 200, * 404",
    "GET need_detail@awarded": f"owner 200, member 200, provider 200, {LOOKS_AFTER}, * 404",
    "GET need_edit": "visitor 302, owner 409, member 403, * 404",
    "GET need_edit@draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_edit": "visitor 302, owner 409, member 403, * 404",
    "POST need_edit@draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_publication": "visitor 302, owner 409, member 403, * 404",
    "POST need_publication@draft": "visitor 302, owner 302, member 403, * 404",
    "POST need_cancellation": "visitor 302, owner 302, member 403, * 404",
    "GET need_candidates": "visitor 302, owner 200, member 200, * 404",
    "POST need_invitation": "visitor 302, owner 302, member 403, * 404",
    "GET proposal_edit": "visitor 302, provider 409, rival 200, * 403",
    "GET proposal_edit@draft": "visitor 302, owner 403, member 403, * 404",
    "POST proposal_edit": "visitor 302, provider 409, rival 200, * 403",
    "GET proposal_detail": "visitor 302, owner 200, member 200, provider 200, * 404",
    "POST proposal_shortlist": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_acceptance": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_refusal": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_withdrawal": "visitor 302, owner 403, member 403, provider 302, * 404",
}

API = {
    "GET api-workbench": "visitor 401, * 200",
    "GET api-queues": "visitor 401, staff 200, * 403",
    "GET api_root": "* 200",
    "GET schema": "* 200",
    "GET api-reference": "* 200",
    "GET api-provider-detail": "* 200",
    "GET api-directory": "* 200",
    "GET api-party-list": "visitor 401, * 200",
    "POST api-party-list": "visitor 401, * 201",  # whoever signed in may register a business
    "GET api-party-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-party-detail": "visitor 401, owner 200, member 403, * 404",
    "POST api-party-submission": "visitor 401, owner 409, member 403, * 404",
    "GET api-notice-list": "visitor 401, * 200",
    "GET api-notice-detail": "visitor 401, owner 200, * 404",
    "POST api-notice-reading": "visitor 401, owner 200, * 404",
    "GET api-need-list": "visitor 401, * 200",
    "POST api-need-list": "visitor 401, owner 201, * 403",
    "GET api-need-detail": "visitor 401, * 200",
    "GET api-need-detail@draft": "visitor 401, owner 200, member 200, * 404",
    "GET api-need-detail@awarded": (
        f"visitor 401, owner 200, member 200, provider 200, {LOOKS_AFTER}, * 404"
    ),
    "PUT api-need-detail": "visitor 401, owner 409, * 403",
    "PUT api-need-detail@draft": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-publication": "visitor 401, owner 409, * 403",
    "POST api-need-publication@draft": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-cancellation": "visitor 401, owner 200, * 403",
    "GET api-need-candidates": "visitor 401, owner 200, member 200, * 403",
    "POST api-need-invitations": "visitor 401, owner 201, * 403",
    "POST api-need-proposals": "visitor 401, provider 409, rival 201, * 403",
    "GET api-proposal-list": "visitor 401, * 200",
    "GET api-proposal-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-proposal-shortlist": "visitor 401, owner 200, member 403, provider 403, * 404",
    "POST api-proposal-acceptance": "visitor 401, owner 201, member 403, provider 403, * 404",
    "POST api-proposal-refusal": "visitor 401, owner 200, member 403, provider 403, * 404",
    "POST api-proposal-withdrawal": "visitor 401, owner 403, member 403, provider 200, * 404",
    "GET api-cooperation-list": "visitor 401, * 200",
    "GET api-cooperation-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-cooperation-contact": "visitor 401, owner 200, provider 200, member 403, * 404",
}

# Visitors and members are sent to sign in (and then refused); staff see what their group works on.
ADMIN = {
    "GET admin:index": "staff 200, * 302",
    "GET admin:login": "visitor 302, * 403",
    "POST admin:logout": "* 302",
    "GET admin:password_change": "staff 200, * 302",
    "GET admin:password_change_done": "staff 200, * 302",
    "GET admin:autocomplete": "staff 403, * 302",
    "GET admin:jsi18n": "staff 200, * 302",
    "GET admin:view_on_site": "staff 302, * 302",
    "GET admin:app_list": "staff 200, * 302",
    "GET admin:parties_party_review": (
        "operator 200, reviewer 200, regional operator 200, administrator 200, staff 403, * 302"
    ),
    "POST admin:parties_party_review": (
        "operator 302, reviewer 302, regional operator 302, administrator 302, staff 403, * 302"
    ),
    "GET admin:parties_user_staff": "administrator 200, staff 403, * 302",
    "POST admin:parties_user_staff": "administrator 302, staff 403, * 302",
}
EVERY_GROUP = tuple(GROUPS)
TRADE = ("operator", "risk", "auditor")
SEEN_IN_ADMIN = {  # the groups that may look at a model; nobody adds, changes or deletes
    "core_auditentry": TRADE,
    "core_outboxmessage": ("operator", "auditor"),
    "core_job": ("operator", "auditor"),
    "parties_party": EVERY_GROUP,
    "parties_user": ("operator",),
    "parties_staffscope": (),
    "cooperation_cooperation": (*TRADE, "finance maker", "finance checker"),
    "needs_need": TRADE,
    "needs_proposal": TRADE,
}
REFERENCE = (
    *("parties_category", "parties_servicetype", "parties_region", "parties_city"),
    "parties_cityyear",
)


def admin_rows(seen: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for model, groups in seen.items():
        may = "".join(f"{group} 200, " for group in groups) + "administrator 200, staff 403, * 302"
        nobody = "staff 403, * 302"
        yield f"GET admin:{model}_changelist", may
        yield f"GET admin:{model}_history", may
        yield f"GET admin:{model}_change", may
        yield f"POST admin:{model}_change", nobody
        yield f"GET admin:{model}_add", nobody
        yield f"POST admin:{model}_add", nobody
        yield f"GET admin:{model}_delete", nobody
        yield f"POST admin:{model}_delete", nobody


def reference_rows() -> Iterator[tuple[str, str]]:
    for model in REFERENCE:  # the operators', through a service
        mine, nobody = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
        yield f"GET admin:{model}_changelist", mine
        yield f"GET admin:{model}_history", mine
        yield f"GET admin:{model}_change", mine
        yield f"POST admin:{model}_change", mine  # an empty form comes back
        yield f"GET admin:{model}_add", mine
        yield f"POST admin:{model}_add", mine
        yield f"GET admin:{model}_delete", nobody
        yield f"POST admin:{model}_delete", nobody


PARTS = parts()
ROWS = {  # by part, so that `-k fairs` walks the rows of one
    "pages": PAGES,
    "api": API,
    "admin": {**ADMIN, **dict(admin_rows(SEEN_IN_ADMIN)), **dict(reference_rows())},
    **{
        name: {**part.PAGES, **part.API, **part.ADMIN, **dict(admin_rows(part.SEEN_IN_ADMIN))}
        for name, part in PARTS.items()
    },
}
TABLE = {key: row for rows in ROWS.values() for key, row in rows.items()}
