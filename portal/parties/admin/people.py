"""Operators: the people, what they may do as staff, and the look as one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.admin import EmailAddress  # importing it registers it
from allauth.mfa.admin import Authenticator  # so does this
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken  # and this
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.web import submit
from portal.parties import locks, services, staff
from portal.parties.admin.viewing import view_as
from portal.parties.models import StaffScope, User
from portal.parties.selectors.reference import reference

admin.site.unregister(Group)  # groups are data of `staff.py`; people join them by a service
admin.site.unregister(Authenticator)  # second factors are their owner's alone
admin.site.unregister(EmailAddress)  # mail addresses are personal, and changed by their owners only
admin.site.unregister([SocialAccount, SocialApp, SocialToken])  # keys stand in the settings alone


class StaffForm(forms.Form):
    """Which groups a person works in, where, and until when."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(),
        label=_("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: no longer staff."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        choices=lambda: [(row.code, row.name) for row in reference().regions.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: everywhere."),
    )
    until = forms.DateTimeField(label=_("Until"), required=False)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("email", "name", "is_active", "is_staff", "date_joined", "staff_link")
    readonly_fields = ("locked", "look")  # on a person's own page: they ask more of each
    actions = ("unlock",)
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    exclude = ("password", "user_permissions", "phone")  # the phone is for its owner

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        """No link to a page that would refuse this person."""
        if staff.can_grant_staff(request.actor):
            return self.list_display
        return [name for name in self.list_display if name != "staff_link"]

    @admin.display(description=_("locked"), boolean=True)
    def locked(self, user: User) -> bool:
        """Whether sign-in is refused after too many failures."""
        return locks.is_locked(user.email or "")

    @admin.display(description=_("as they see it"))
    def look(self, user: User) -> str:
        url = reverse("admin:parties_user_view_as", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("See the site as this person"))

    def has_unlock_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parties.unlock_user")

    @admin.action(description=_("Let them sign in again"), permissions=["unlock"])
    def unlock(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.run(request, rows, lambda p: services.unlock_person(request.actor, person=p))

    @admin.display(description=_("staff"))
    def staff_link(self, user: User) -> str:
        url = reverse("admin:parties_user_staff", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Staff rights"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.staff)
        looking = self.admin_site.admin_view(view_as)
        return [
            path("<int:pk>/staff/", view, name="parties_user_staff"),
            path("<int:pk>/view-as/", looking, name="parties_user_view_as"),
            *super().get_urls(),
        ]

    def staff(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        staff.can_grant_staff(request.actor).require()
        form = StaffForm(
            request.POST if request.method == "POST" else None, initial=staff.staff_of(person)
        )
        done = submit(
            form, lambda: staff.grant_staff(request.actor, person=person, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:parties_user_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Staff rights of %(name)s") % {"name": person},
            "form": form,
            "opts": User._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)


@admin.register(StaffScope)
class StaffScopeAdmin(ReadOnlyAdmin):
    list_display = ("user", "regions", "until")
    list_select_related = ("user",)
