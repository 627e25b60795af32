from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "matchmaking.cooperation"
    label = "cooperation"
