"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "create_post": _("wrote the post"),
        "update_post": _("changed the draft"),
        "publish_post": _("published the post"),
        "pause_post": _("paused the post"),
        "resume_post": _("opened the post again"),
        "reopen_post": _("opened the post again"),
        "close_post": _("closed the post"),
        "expire_post": _("ended the post after its last day"),
        "extend_post": _("moved the last day for applications back"),
        "submit_application": _("offered the product"),
        "shortlist_application": _("put it on the shortlist"),
        "negotiate_application": _("began to negotiate"),
        "reject_application": _("did not choose it"),
        "lapse_application": _("ended it, which nobody answered in time"),
        "agree_terms": _("agreed to the other side's terms"),
        "save_post_template": _("kept a post as a template"),
        "save_post_search": _("kept a search of posts"),
        "remove_post_search": _("removed a search of posts"),
    },
)
