"""Where private bytes lie on this machine. `STORAGES["private"]` may name an object store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """A folder under MEDIA_ROOT that only the site's own account enters; it has no addresses."""

    def __init__(self, location: str | None = None, **options: Any) -> None:
        self._folder = location
        super().__init__(
            location, file_permissions_mode=0o600, directory_permissions_mode=0o700, **options
        )

    @property
    def base_location(self) -> str:
        """Read anew each time: a test moves MEDIA_ROOT."""
        return str(self._folder or Path(settings.MEDIA_ROOT) / "private")

    @property
    def location(self) -> str:
        return self.base_location

    def url(self, name: str | None) -> str:
        raise ValueError("private files are read through the site")
