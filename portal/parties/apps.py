from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "portal.parties"
    label = "parties"
