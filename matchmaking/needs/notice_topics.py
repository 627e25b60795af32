from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("needs", _("Needs and their questions"), events=("need.", "question."))
register_topic("proposals", _("Invitations and proposals"), events=("proposal.",), is_urgent=True)
register_topic("talks", _("Contacts and calls"), events=("talk.",), is_urgent=True)
register_topic("messages", _("Messages and reports of them"), events=("message.", "report."))
