"""What proving an account and saying when it was opened share: its lock, and the picture."""

from __future__ import annotations

import uuid

from django.core.files.uploadedfile import UploadedFile

from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.parties.files import ACCOUNT_PROOF
from portal.parties.models import OwnedAccount
from portal.parties.services.parties import lock_party


def lock_account(account: OwnedAccount) -> OwnedAccount:
    """The account under its party's lock, so that what happens to one party comes in a row."""
    party = lock_party(account.party)
    locked = OwnedAccount.objects.get(pk=account.pk)
    locked.party = party
    return locked


def proof_file(
    actor: Actor, *, account: OwnedAccount, source: UploadedFile | uuid.UUID
) -> StoredFile:
    """A picture that proves something of the account: a file, or the id of one's own upload."""
    if isinstance(source, uuid.UUID):
        file = take_file(actor, file_id=source, purpose=ACCOUNT_PROOF)
        file.party_id = account.party_id
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=source, purpose=ACCOUNT_PROOF, party_id=account.party_id)
    return attach_file(actor, file=file)
