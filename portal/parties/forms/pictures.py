from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form
from portal.parties.files import PARTY_PICTURE


class PictureForm(Form):
    """One picture for one place."""

    file = UploadField(PARTY_PICTURE, label=_("Picture"))
