"""What a store promises of published rates."""

from decimal import Decimal

import pytest

from elkk_core.shared import StaleState, Zone
from elkk_core.tariffs import TariffBook
from elkk_core.testing import strategies
from elkk_core.testing.builders import SUPPLIER_ID, a_rate, a_supplier
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep


class TariffsContract(OpensStore):
    """See ``elkk_core.tariffs.Tariffs``."""

    def test_rate_comes_back_equal(self, store: Store) -> None:
        """Every rate that was published comes back as published."""
        self.check_round_trip(
            store,
            strategies.rates(supplier_id=SUPPLIER_ID),
            lambda uow, _: uow.tariffs.book(SUPPLIER_ID).rates[0],
            after=(a_supplier(),),
        )

    def test_book_without_rates_is_empty(self, store: Store) -> None:
        """A supplier that published nothing has an empty book."""
        keep(store, a_supplier())

        with store.unit_of_work() as uow:
            assert TariffBook(rates=()) == uow.tariffs.book(SUPPLIER_ID)

    def test_book_holds_the_rates_of_its_supplier(self, store: Store) -> None:
        """Rates of other suppliers are in other books."""
        own = (a_rate(), a_rate(zone=Zone.NIGHT, price=Decimal("1.94")))
        keep(
            store,
            a_supplier(),
            OTHER_SUPPLIER,
            *own,
            a_rate(supplier_id=OTHER_SUPPLIER.supplier_id, price=Decimal(9)),
        )

        with store.unit_of_work() as uow:
            assert TariffBook(rates=own) == uow.tariffs.book(SUPPLIER_ID)

    def test_rate_is_published_once(self, store: Store) -> None:
        """Category, zone, date and consumption range have one price."""
        keep(store, a_supplier(), a_rate(up_to=Decimal(3900)), a_rate(price=Decimal("3.80")))

        for up_to in (Decimal(3900), None):
            with pytest.raises(StaleState), store.unit_of_work() as uow:
                uow.tariffs.publish([a_rate(up_to=up_to, price=Decimal("2.80"))])
                uow.commit()

    def test_book_holds_all_ranges_of_a_publication(self, store: Store) -> None:
        """The ranges of a zone and date stand beside each other, the lowest first."""
        ranges = (
            a_rate(up_to=Decimal(3900)),
            a_rate(up_to=Decimal(6000), price=Decimal("3.80")),
            a_rate(price=Decimal("4.40")),
        )
        keep(store, a_supplier(), *ranges)

        with store.unit_of_work() as uow:
            assert ranges == uow.tariffs.book(SUPPLIER_ID).rates
