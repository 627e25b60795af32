from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form


class ImportForm(Form):
    """The file to import; how large it may be is its purpose's to say."""

    def __init__(self, purpose: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = UploadField(purpose, label=_("File"))
