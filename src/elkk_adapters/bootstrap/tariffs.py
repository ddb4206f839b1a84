"""The room of prices."""

from elkk_adapters.application import Tariffs
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import tariffs


def tariffs_room(tools: Tools) -> Tariffs:
    """Return the use cases and queries of prices."""
    return Tariffs(
        publish_tariff=tariffs.PublishTariff(unit_of_work=tools.unit_of_work),
        show_tariff=tariffs.ShowTariff(reading=tools.reading),
    )
