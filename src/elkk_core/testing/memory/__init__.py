"""A store in memory: as strict as a database, and gone with the process."""

from elkk_core.testing.memory.store import MemoryStore
from elkk_core.testing.memory.unit_of_work import MemoryUnitOfWork

__all__ = ["MemoryStore", "MemoryUnitOfWork"]
