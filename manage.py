#!/usr/bin/env python
"""Django's command line. Commands typed by hand see the demo world unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("TRILINK_ENV", "demo")
    execute_from_command_line(sys.argv)
