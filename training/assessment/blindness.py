"""What would tell a marker whose work it is. The trail says who handed in when, and a file that was
uploaded has its uploader and the digest of its bytes: an operator who marks reads neither before
the work is marked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import AuditEntry, StoredFile
from portal.core.withholding import withhold
from training.assessment.files import WORK
from training.assessment.models import Mark, Work

WHY = _("Without what concerns works that you mark, until they are marked.")


@withhold(AuditEntry, WHY)
def entries_of_works(actor: Actor) -> Q | None:
    """Of such a work and its marks, of files handed in with it, and whatever the same request did
    besides."""
    works = _kept_works(actor)
    if not works:
        return None
    marks = Mark.objects.filter(work__in=works).values_list("pk", flat=True)
    files = StoredFile.objects.filter(_files_of(works)).values_list("pk", flat=True)
    about = Q(object_type=Work._meta.label_lower, object_id__in=_texts(works))
    requests = AuditEntry.objects.filter(about).exclude(request_id="").values_list("request_id")
    return (
        about
        | Q(object_type=Mark._meta.label_lower, object_id__in=_texts(list(marks)))
        | Q(object_type=StoredFile._meta.label_lower, object_id__in=_texts(list(files)))
        | Q(request_id__in=[key for (key,) in requests])
    )


@withhold(StoredFile, WHY)
def files_of_works(actor: Actor) -> Q | None:
    works = _kept_works(actor)
    return _files_of(works) if works else None


def _kept_works(actor: Actor) -> list[UUID]:
    return list(Work.objects.kept_from(actor).values_list("pk", flat=True))


def _files_of(works: Sequence[UUID]) -> Q:
    """Those that came with the works, and all that their learners uploaded for one."""
    learners = Work.objects.filter(pk__in=works, enrolment__learner__user__isnull=False)
    uploaded = Q(uploaded_by__in=learners.values("enrolment__learner__user"), purpose=WORK)
    kept = Work.objects.filter(pk__in=works, files__isnull=False).values("files__file")
    return uploaded | Q(pk__in=kept)


def _texts(keys: Sequence[UUID]) -> list[str]:
    return [str(key) for key in keys]
