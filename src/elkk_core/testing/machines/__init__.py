"""State machines: long random walks through a store, each step checked against plain Python.

``play(LinkingMachine, store)`` in a test walks through stores that ``store()`` opens one after
another; ``examples`` and ``steps`` say how long it may take.
"""

from elkk_core.testing.machines.playing import OpenStore, StoreMachine, play
from elkk_core.testing.machines.linking import LinkingMachine
from elkk_core.testing.machines.households import HouseholdMachine
from elkk_core.testing.machines.meters import MeterMachine
from elkk_core.testing.machines.payments import PaymentMachine

__all__ = [
    # Playing
    "OpenStore",
    "StoreMachine",
    "play",
    # Walks
    "LinkingMachine",
    "HouseholdMachine",
    "MeterMachine",
    "PaymentMachine",
]
