"""What people and parties are told."""

from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "security",
    _("Sign-ins and my data"),
    events=("account.", "personal."),
    is_required=True,
    is_urgent=True,
)
register_topic(
    "review",
    _("Review, documents and measures"),
    events=("party.", "document.", "party_appeal.", "claim.", "owned_account."),
    is_required=True,
    is_urgent=True,
)
register_topic(
    "people", _("Colleagues, ownership and keys"), events=("member.", "ownership.", "key.")
)
register_topic(
    "roster", _("Rosters and departures"), events=("roster.", "departure."), is_urgent=True
)
register_topic(
    "payout", _("Where the party is paid"), events=("payout.",), is_required=True, is_urgent=True
)
register_topic("portfolio", _("Cases and pictures"), events=("portfolio.",))
