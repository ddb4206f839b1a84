"""The machine's clock, and identifiers made on it."""

from elkk_adapters.system.clock import SystemClock
from elkk_adapters.system.identifiers import TimeOrderedIdentifiers

__all__ = ["SystemClock", "TimeOrderedIdentifiers"]
