"""What a store promises of benefits."""

from decimal import Decimal

import pytest
from attrs import evolve

from elkk_core.shared import (
    StaleState,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    a_benefit,
    a_supplier,
    an_account,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep


class BenefitsContract(OpensStore):
    """See ``elkk_core.billing.Benefits``."""

    def test_benefit_comes_back_equal(self, store: Store) -> None:
        """Every benefit that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.benefits(account_id=ACCOUNT_ID),
            lambda uow, _: uow.benefits.list_of([ACCOUNT_ID])[0],
            after=(a_supplier(), an_account()),
        )

    def test_benefits_are_listed_by_name_then_by_first_month(self, store: Store) -> None:
        """The benefits of the accounts asked for are listed, and of no other account."""
        listed = (
            a_benefit(name="Большая семья"),
            a_benefit(first_month=JANUARY, last_month=JANUARY),
            a_benefit(first_month=JANUARY.next),
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            *reversed(listed),
            a_benefit(account_id=NEIGHBOUR.account_id),
        )

        with store.unit_of_work() as uow:
            assert listed == uow.benefits.list_of([ACCOUNT_ID])
            assert () == uow.benefits.list_of([])

    def test_benefit_is_one_of_its_name_and_month(self, store: Store) -> None:
        """A second benefit of an account under one name from one month on is refused."""
        keep(store, a_supplier(), an_account(), a_benefit())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.benefits.add_all([a_benefit(percent=Decimal(30))])
            uow.commit()

    def test_benefits_are_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, of that benefit alone, and once."""
        other = a_benefit(first_month=JANUARY.previous, last_month=JANUARY.previous)
        ended = a_benefit().describe(
            percent=Decimal("33.5"), limit=Decimal(150), last_month=JANUARY.next
        )
        keep(store, a_supplier(), an_account(), other, a_benefit())
        with store.unit_of_work() as uow:
            uow.benefits.save_all([ended])
            uow.commit()

        with store.unit_of_work() as uow:
            assert (other, evolve(ended, version=1)) == uow.benefits.list_of([ACCOUNT_ID])
            with pytest.raises(StaleState):
                uow.benefits.save_all([ended])
                uow.commit()
