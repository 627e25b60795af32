"""People. A login is a person; whom they speak for is a membership."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.contacts import masked_phone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        """A person with a mail address, a phone (`phone=`), or both."""
        user = self.model(email=self.normalize_email(email).lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who signs in by phone and code, or with a mail address and a password."""

    # Django's own user has these, as columns of another kind; without them it is ours.
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("email"), unique=True, null=True, blank=True)  # type: ignore[assignment]
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=8, default="zh-hans")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    # Its manager makes people without a name to sign in by.
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions: ClassVar = [("unlock_user", "Can let in who failed to sign in too often")]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(
                name="user_can_be_reached",
                condition=models.Q(email__isnull=False)
                | models.Q(phone__isnull=False)
                | models.Q(is_active=False),
            ),
            models.CheckConstraint(
                name="user_phone_in_one_form",
                condition=models.Q(phone__isnull=True)
                | models.Q(phone__regex=r"^\+861[3-9][0-9]{9}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def address(self) -> str:
        """How the person is reached, as they may be shown to themselves."""
        return self.email or masked_phone(self.phone or "")

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class StaffScope(models.Model):
    """Narrows an operator: to some regions (empty = all) and until a moment (empty = open)."""

    user = models.OneToOneField(User, models.CASCADE, verbose_name=_("person"))
    regions = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("regions"),
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff scope")
        verbose_name_plural = _("staff scopes")

    def __str__(self) -> str:
        return f"{self.user} {','.join(self.regions) or '*'}"
