from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WeixinConfig(AppConfig):
    """Found by allauth among the installed apps, by its `provider.py` and `urls.py`."""

    name = "portal.parties.weixin"
    label = "weixin"
    verbose_name = _("WeChat")
