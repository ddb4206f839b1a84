"""Computing a bill anew from what its lines say of themselves."""

from collections import defaultdict
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from elkk_core.billing.model import Invoice, InvoiceLine, VolumeBasis, VolumeDerivation
from elkk_core.shared.zones import Zone


class Difference(StrEnum):
    """What of a line does not come out as it stands: its volume, its amount, or its tax."""

    VOLUME = "volume"
    AMOUNT = "amount"
    VAT = "vat"


@frozen(kw_only=True)
class LineDiffers:
    """A line, counted from one, that does not come out as it stands in the bill."""

    position: int
    what: Difference
    stands: str
    recomputed: str


def recompute(invoice: Invoice) -> tuple[LineDiffers, ...]:
    """Return the lines of a bill that differ from what their derivations give, none if all agree.

    Amounts and taxes are computed anew from volumes and prices; volumes from readings, averages,
    norms and consumption ranges. A line of an earlier billing system tells nothing and is left out.
    """
    found = []
    for position, line in enumerate(invoice.lines, start=1):
        found.extend(_line_differs(position, line))
    found.extend(_volumes_differ(invoice))
    return tuple(sorted(found, key=lambda differs: (differs.position, differs.what)))


def _line_differs(position: int, line: InvoiceLine) -> "list[LineDiffers]":
    derivation = line.derivation
    if derivation is None:
        return []
    compared = [
        (Difference.AMOUNT, str(line.amount), str(derivation.amount)),
        (Difference.VAT, str(line.vat), str(derivation.vat)),
    ]
    if isinstance(derivation, VolumeDerivation) and derivation.share is not None:
        stands, share = _plain(derivation.volume), _plain(derivation.share.volume)
        compared.append((Difference.VOLUME, stands, share))
    return [
        LineDiffers(position=position, what=what, stands=stands, recomputed=recomputed)
        for what, stands, recomputed in compared
        if stands != recomputed
    ]


def _volumes_differ(invoice: Invoice) -> "list[LineDiffers]":
    """Compare what the lines of one basis come to with what the basis gives."""
    billed: dict[tuple[str, Zone, VolumeBasis], Decimal] = defaultdict(Decimal)
    last: dict[tuple[str, Zone, VolumeBasis], int] = {}
    for position, line in enumerate(invoice.lines, start=1):
        derivation = line.derivation
        if isinstance(derivation, VolumeDerivation):
            key = (derivation.meter, derivation.zone, derivation.basis)
            billed[key] += derivation.volume
            last[key] = position
    return [
        LineDiffers(
            position=last[key],
            what=Difference.VOLUME,
            stands=_plain(volume),
            recomputed=_plain(key[-1].volume),
        )
        for key, volume in billed.items()
        if volume != key[-1].volume
    ]


def _plain(volume: Decimal) -> str:
    return f"{volume.normalize():f}"
