"""Identifiers that cross contexts; each is a UUID that the ``Identifiers`` port hands out."""

from typing import NewType
from uuid import UUID

UserId = NewType("UserId", UUID)
SessionId = NewType("SessionId", UUID)
SupplierId = NewType("SupplierId", UUID)
AccountId = NewType("AccountId", UUID)
MeterId = NewType("MeterId", UUID)
ReadingId = NewType("ReadingId", UUID)
InvoiceId = NewType("InvoiceId", UUID)
