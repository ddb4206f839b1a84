"""How often a household may take everything home."""

from datetime import timedelta

from attrs import frozen

from elkk_core.shared.tallies import Limit


@frozen(kw_only=True)
class ExportPolicy:
    """How many exports with all their printed bills a user may ask for."""

    per_user: Limit = Limit(times=5, within=timedelta(hours=1))
