"""Banks that take cards: adapters of ``PaymentGateway``."""

from elkk_adapters.acquiring.nobody import Nobody
from elkk_adapters.acquiring.rbs import RbsGateway

__all__ = ["Nobody", "RbsGateway"]
