"""What every room stands on: the audit trail, the outbox, API idempotency, jobs and files."""

from portal.core.models.file import StoredFile
from portal.core.models.job import Job, JobState
from portal.core.models.trail import AuditEntry, IdempotencyKey, OutboxMessage

__all__ = [
    "AuditEntry",
    "IdempotencyKey",
    "Job",
    "JobState",
    "OutboxMessage",
    "StoredFile",
]
