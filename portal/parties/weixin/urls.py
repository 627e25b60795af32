from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns

from portal.parties.weixin.provider import OwnWeixinProvider

urlpatterns = default_urlpatterns(OwnWeixinProvider)
