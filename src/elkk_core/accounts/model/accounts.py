"""Personal accounts as the supplier's books describe them."""

import re

from attrs import evolve, field, frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model.lines import line
from elkk_core.shared.ids import AccountId, SupplierId
from elkk_core.shared.texts import NotAWholeNumber, read_whole, without_blanks
from elkk_core.shared.traits import Traits

_ACCOUNT_NUMBER = re.compile(r"[0-9]{4,20}")
_MOST_PERSONS = 999


def account_number(text: str) -> str:
    """Return the number of a personal account without the blanks that people put in.

    Leading zeros are kept: they are a part of the number.

    Raises:
        AccountNumberMalformed: If it is not 4 to 20 digits.
    """
    number = without_blanks(text)
    if _ACCOUNT_NUMBER.fullmatch(number) is None:
        raise errors.AccountNumberMalformed
    return number


def read_persons(text: str) -> int:
    """Return how many persons of a household *text* means; nobody may be registered.

    Raises:
        PersonsMalformed: If it is not a whole number, or above 999.
    """
    try:
        persons = read_whole(text)
    except NotAWholeNumber:
        raise errors.PersonsMalformed(_MOST_PERSONS) from None
    if persons > _MOST_PERSONS:
        raise errors.PersonsMalformed(_MOST_PERSONS)
    return persons


@frozen(kw_only=True)
class PersonalAccount:
    """A household's account in the books of a supplier.

    *category* names the group of households for which rates are published, such as ``urban-gas``.
    *persons* are those registered at the address, permanently and for a time, None where nobody has
    said; with the *traits* they choose the consumption norm. All that a *range_exempt* household
    consumes is priced by the first consumption range: large families and others that a region names.
    """

    account_id: AccountId
    supplier_id: SupplierId
    number: str = field(converter=account_number)
    address: str = field(converter=line)
    owner: str = field(converter=line)
    category: str = field(converter=line)
    persons: int | None = field(default=None)
    traits: Traits = Traits()
    range_exempt: bool = False

    version: int = 0

    @persons.validator
    def _persons_can_be_counted(self, _attribute: object, value: int | None) -> None:
        if value is not None and not 0 <= value <= _MOST_PERSONS:
            message = f"a household has from none to {_MOST_PERSONS} persons: {value}"
            raise ValueError(message)

    # Commands

    def describe(
        self,
        *,
        address: str,
        owner: str,
        category: str,
        persons: int | None,
        traits: Traits,
        range_exempt: bool,
    ) -> "PersonalAccount":
        """Return the account as the supplier's books describe it now."""
        return evolve(
            self,
            address=address,
            owner=owner,
            category=category,
            persons=persons,
            traits=traits,
            range_exempt=range_exempt,
        )
