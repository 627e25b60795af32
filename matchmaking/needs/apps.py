from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "matchmaking.needs"
    label = "needs"
