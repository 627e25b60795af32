from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form
from portal.core.imports.files import PURPOSE


class ImportForm(Form):
    """The file to import."""

    file = UploadField(PURPOSE, label=_("File"))
