from django.utils.translation import gettext_lazy as _

from portal.ledger.rules import can_see_money_of
from portal.parties.abilities import register_ability

register_ability(_("See the party's money"), can_see_money_of)
