"""Suppliers, and where households turn to."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import field, frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model.lines import line
from elkk_core.accounts.model.requisites import Requisites
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.windows import SubmissionWindow

_SUPPLIER_CODE = re.compile(r"[a-z][a-z0-9-]{1,19}")


def supplier_code(text: str) -> str:
    """Return *text* if it can be the code of a supplier.

    Raises:
        SupplierCodeMalformed: If it is not 2 to 20 small Latin letters, digits and hyphens.
    """
    if _SUPPLIER_CODE.fullmatch(text) is None:
        raise errors.SupplierCodeMalformed
    return text


def known_time_zone(text: str) -> str:
    """Return *text* if it names a time zone.

    Raises:
        TimeZoneUnknown: If not.
    """
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise errors.TimeZoneUnknown(text) from None
    return text


@frozen(kw_only=True)
class Contacts:
    """Where households turn to with questions; an empty text where there is no such way."""

    site: str = ""
    phone: str = ""
    email: str = ""


@frozen(kw_only=True)
class Supplier:
    """A guaranteeing supplier of electricity.

    *time_zone* (an IANA name) makes local dates of moments; readings are taken in *window* unless a
    meter has one of its own.
    """

    supplier_id: SupplierId
    code: str = field(converter=supplier_code)
    name: str = field(converter=line)
    time_zone: str = field(converter=known_time_zone)
    window: SubmissionWindow
    requisites: Requisites
    contacts: Contacts = Contacts()

    version: int = 0
