"""All settings, driven by the environment. `docs/operations.md` lists every name read here.

TRILINK_ENV is `demo` (the default of `make run`), `test`, or `production`, which is the default
of the web server so that a forgotten variable never opens a demo to the world.
"""

from portal.settings.api import *
from portal.settings.environment import *
from portal.settings.logs import *
from portal.settings.people import *
from portal.settings.schedule import *
from portal.settings.security import *
from portal.settings.services import *
from portal.settings.site import *
