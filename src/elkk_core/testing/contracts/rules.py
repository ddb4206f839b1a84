"""What a store promises of the choices of suppliers."""

from elkk_core.billing import RuleBook
from elkk_core.metering import EstimateRule
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    JANUARY,
    SUPPLIER_ID,
    a_rule,
    a_supplier,
    an_estimate_rule,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep


class RuleBooksContract(OpensStore):
    """See ``elkk_core.billing.RuleBooks``."""

    def test_choice_comes_back_equal(self, store: Store) -> None:
        """Every choice comes back as it was made."""
        self.check_round_trip(
            store,
            strategies.supplier_rules(supplier_id=SUPPLIER_ID),
            lambda uow, _: uow.rules.book(SUPPLIER_ID).rules[0],
            after=(a_supplier(),),
        )

    def test_estimate_rule_comes_back_equal(self, store: Store) -> None:
        """Every rule of estimates comes back as it was given."""
        self.check_round_trip(
            store,
            strategies.supplier_estimate_rules(supplier_id=SUPPLIER_ID),
            lambda uow, _: uow.rules.book(SUPPLIER_ID).estimate_rules[0],
            after=(a_supplier(),),
        )

    def test_rule_book_without_choices_is_empty(self, store: Store) -> None:
        """A supplier that chose nothing has an empty book."""
        keep(store, a_supplier())

        with store.unit_of_work() as uow:
            assert RuleBook() == uow.rules.book(SUPPLIER_ID)

    def test_rule_book_holds_the_choices_of_its_supplier(self, store: Store) -> None:
        """Choices for several months stand beside each other, those of others in other books."""
        rules = (a_rule(), a_rule(month=JANUARY.next, value="day_first"))
        estimate_rules = (an_estimate_rule(), an_estimate_rule(month=JANUARY.next))
        other = OTHER_SUPPLIER.supplier_id
        keep(
            store,
            a_supplier(),
            OTHER_SUPPLIER,
            *rules,
            *estimate_rules,
            a_rule(supplier_id=other, value="proportional"),
            an_estimate_rule(supplier_id=other, month=JANUARY.previous),
        )

        with store.unit_of_work() as uow:
            expected = RuleBook(rules=rules, estimate_rules=estimate_rules)
            assert expected == uow.rules.book(SUPPLIER_ID)

    def test_choice_made_again_takes_the_place_of_the_first(self, store: Store) -> None:
        """The last word on a name and month, or on a cause and month, counts."""
        rule = a_rule(value="day_first")
        estimate_rule = an_estimate_rule(rule=EstimateRule(periods=None, clause="приказ № 8"))
        keep(store, a_supplier(), a_rule(), an_estimate_rule())
        keep(store, rule, estimate_rule)

        with store.unit_of_work() as uow:
            expected = RuleBook(rules=(rule,), estimate_rules=(estimate_rule,))
            assert expected == uow.rules.book(SUPPLIER_ID)
