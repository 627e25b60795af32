from matchmaking.recruiting.forms.applications import (
    ApplicationForm,
    DecisionForm,
    OfferForm,
    ReasonForm,
    initial_of_application,
    initial_of_offer,
    rejection_form,
    withdrawal_form,
)
from matchmaking.recruiting.forms.filters import PostFilterForm
from matchmaking.recruiting.forms.posts import (
    ExtensionForm,
    PostForm,
    days_ahead,
    initial_days,
    initial_of_copy,
    initial_of_post,
    initial_of_template,
)

__all__ = [
    "ApplicationForm",
    "DecisionForm",
    "ExtensionForm",
    "OfferForm",
    "PostFilterForm",
    "PostForm",
    "ReasonForm",
    "days_ahead",
    "initial_days",
    "initial_of_application",
    "initial_of_copy",
    "initial_of_offer",
    "initial_of_post",
    "initial_of_template",
    "rejection_form",
    "withdrawal_form",
]
