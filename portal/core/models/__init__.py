"""What every room stands on: the audit trail, the outbox, API keys, jobs, files, imports."""

from portal.core.models.exports import (
    ExportQuota,
    ExportRun,
)
from portal.core.models.file import (
    StoredFile,
)
from portal.core.models.holiday import (
    Holiday,
)
from portal.core.models.imports import (
    ImportFault,
    ImportRun,
    ImportState,
)
from portal.core.models.job import (
    Job,
    JobState,
)
from portal.core.models.sealing import (
    SubjectKey,
)
from portal.core.models.table import (
    TableChoice,
)
from portal.core.models.trail import (
    AuditEntry,
    IdempotencyKey,
    OutboxMessage,
)

__all__ = [
    "AuditEntry",
    "ExportQuota",
    "ExportRun",
    "Holiday",
    "IdempotencyKey",
    "ImportFault",
    "ImportRun",
    "ImportState",
    "Job",
    "JobState",
    "OutboxMessage",
    "StoredFile",
    "SubjectKey",
    "TableChoice",
]
