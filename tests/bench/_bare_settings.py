"""The site's own settings, with one bare view besides: the floor that a bench presses."""

from portal.settings import *  # noqa: F403 - one is changed below

ROOT_URLCONF = "tests.bench._bare_urls"
