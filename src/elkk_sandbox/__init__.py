"""A bank for trying out: it speaks the interface of real gateways, and takes nobody's money.

It is a program of its own and shares nothing with the cabinet: what both understand alike they
understand by the gateways' documentation. Orders live in its memory and end with it.
"""

from elkk_sandbox.bank import SandboxBank
from elkk_sandbox.cards import CARDS, CODE, Ending, TestCard
from elkk_sandbox.pages import API, create_bank
from elkk_sandbox.serving import serving

__all__ = ["API", "CARDS", "CODE", "Ending", "SandboxBank", "TestCard", "create_bank", "serving"]
