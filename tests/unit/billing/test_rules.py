"""What acts leave to a supplier: which choice holds, and how it is made."""

from decimal import Decimal

import pytest
from attrs import fields
from hypothesis import given

from elkk_core.billing import (
    Allocation,
    BillingRules,
    ChooseRule,
    FlatRateMissing,
    FlatRateNotPositive,
    ImportEstimateRules,
    Law,
    PenaltyPolicy,
    RangeMonths,
    RateMode,
    RuleBook,
    RuleName,
    RuleValueWrong,
    ShowRules,
    SuppliedEstimateRule,
    default_rule,
    read_rule,
    rule_choices,
)
from elkk_core.metering import (
    ESTIMATES_BY_CAUSE,
    ESTIMATES_CLASSIC,
    EstimateCause,
    EstimateRule,
)
from elkk_core.shared import BatchRejected, BatchReport, Month, NotADecimal, SupplierNotFound
from elkk_core.tariffs import RangeSplit
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    JANUARY,
    SUPPLIER_ID,
    a_rule,
    a_supplier,
    an_estimate_rule,
)
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

books = strategies.rule_books(supplier_id=SUPPLIER_ID)


class TestRuleBook:
    def test_nothing_chosen_is_the_default(self) -> None:
        """A supplier that chose nothing bills by the plain reading of the law."""
        assert BillingRules() == RuleBook().on(JANUARY)

    def test_every_choice_has_a_name(self) -> None:
        """An operator can choose each of the rules, and nothing else."""
        names = {field.name for field in fields(BillingRules)}

        assert names == {name.value for name in RuleName}

    @pytest.mark.parametrize("name", RuleName)
    def test_default_is_one_of_the_choices(self, name: RuleName) -> None:
        """The default can be chosen as any other value; a rate has none."""
        default = default_rule(name)
        expected = getattr(BillingRules(), name.value)

        assert expected == (read_rule(name, default) if default else None)
        assert default in {"", *rule_choices(name)}

    @given(book=books, month=strategies.months())
    def test_latest_choice_holds(self, book: RuleBook, month: Month) -> None:
        """Of each name the last choice up to a month holds, else the default."""
        rules = book.on(month)
        for name in set(RuleName) - {RuleName.ESTIMATES}:
            made = {rule.month: rule.value for rule in book.rules if rule.name is name}
            past = [first for first in made if first <= month]
            expected = read_rule(name, made[max(past)]) if past else getattr(BillingRules(), name)

            assert expected == getattr(rules, name)

    @given(book=books, month=strategies.months())
    def test_own_rule_of_a_cause_holds_from_its_month_on(
        self, book: RuleBook, month: Month
    ) -> None:
        """Before it the chosen policy's rule does, and other causes are not touched."""
        chosen = RuleBook(rules=book.rules).on(month).estimates
        estimates = book.on(month).estimates
        for cause in EstimateCause:
            own = {one.month: one.rule for one in book.estimate_rules if one.cause is cause}
            past = [first for first in own if first <= month]
            if past:
                assert own[max(past)] == estimates.rules[cause].on(month.first_day)
            elif month.year >= 2013:
                expected = chosen.rules[cause].on(month.first_day)
                assert expected == estimates.rules[cause].on(month.first_day)

    def test_policy_of_estimates_is_chosen_by_name(self) -> None:
        """The three policies have names, and a month before the choice keeps the default."""
        book = RuleBook(rules=(a_rule(name=RuleName.ESTIMATES, value="classic_3_then_norm"),))

        assert ESTIMATES_CLASSIC == book.on(JANUARY).estimates
        assert ESTIMATES_BY_CAUSE == book.on(JANUARY.previous).estimates

    def test_penalties_are_reckoned_by_choices_and_tables(self) -> None:
        """The policy of penalties has the supplier's choices and the law's tables."""
        law = Law(moratoria=())
        rules = BillingRules(
            rate_mode=RateMode.FLAT,
            flat_rate=Decimal(5),
            include_payment_day=False,
            allocation=Allocation.PERIOD_NAMED,
        )

        expected = PenaltyPolicy(
            moratoria=(),
            rate_mode=RateMode.FLAT,
            flat_rate=Decimal(5),
            include_payment_day=False,
            allocation=Allocation.PERIOD_NAMED,
        )
        assert expected == rules.penalty_policy(law)

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            (RuleName.RANGE_SPLIT, "day_first", RangeSplit.DAY_FIRST),
            (RuleName.RANGE_MONTHS, "one", RangeMonths.ONE),
            (RuleName.PENALTIES, "no", False),
            (RuleName.FLAT_RATE, "9,5", Decimal("9.5")),
        ],
    )
    def test_choice_is_read(self, name: RuleName, text: str, expected: object) -> None:
        """A choice is written as a word, a rate as a number."""
        assert expected == read_rule(name, text)

    @pytest.mark.parametrize(
        ("name", "text", "error"),
        [
            (RuleName.RANGE_SPLIT, "evening_first", RuleValueWrong),
            (RuleName.PENALTIES, "", RuleValueWrong),
            (RuleName.FLAT_RATE, "0", FlatRateNotPositive),
            (RuleName.FLAT_RATE, "много", NotADecimal),
        ],
    )
    def test_choice_that_cannot_be(self, name: RuleName, text: str, error: type[Exception]) -> None:
        """What cannot be read is never kept."""
        with pytest.raises(error):
            a_rule(name=name, value=text)


# Choosing


@pytest.fixture(name="store")
def store_with_a_supplier() -> MemoryStore:
    """Return a store with a supplier that has chosen nothing."""
    store = MemoryStore()
    keep(store, a_supplier())
    return store


@pytest.fixture(name="choose")
def choose_use_case(store: MemoryStore) -> ChooseRule:
    """Return the use case."""
    return ChooseRule(unit_of_work=store.unit_of_work)


@pytest.fixture(name="take_over")
def import_use_case(store: MemoryStore) -> ImportEstimateRules:
    """Return the use case."""
    return ImportEstimateRules(unit_of_work=store.unit_of_work)


@pytest.fixture(name="show")
def show_use_case(store: MemoryStore) -> ShowRules:
    """Return the use case."""
    return ShowRules(reading=store.unit_of_work)


def _night_first(choose: ChooseRule, **changes: object) -> BatchReport:
    asked: dict[str, object] = {
        "supplier": "tsna",
        "name": RuleName.RANGE_SPLIT,
        "month": JANUARY,
        "value": "night_first",
    }
    return choose(**(asked | changes))  # type: ignore[arg-type]


def test_choice_is_made(choose: ChooseRule, show: ShowRules) -> None:
    """A choice is kept, again it changes nothing, and another value takes its place."""
    assert BatchReport(added=1, changed=0, unchanged=0) == _night_first(choose)
    assert BatchReport(added=0, changed=0, unchanged=1) == _night_first(choose)
    assert RuleBook(rules=(a_rule(),)) == show(supplier="tsna")
    assert BatchReport(added=0, changed=1, unchanged=0) == _night_first(choose, value="day_first")
    assert RuleBook(rules=(a_rule(value="day_first"),)) == show(supplier="tsna")


def test_same_rate_may_be_written_otherwise(choose: ChooseRule, show: ShowRules) -> None:
    """A comma and a point make the same number."""
    for value in ("9,5", "9.50 "):
        report = _night_first(choose, name=RuleName.FLAT_RATE, value=value)

    assert 1 == report.unchanged
    assert ("9,5",) == tuple(rule.value for rule in show(supplier="tsna").rules)


def test_choices_for_other_months_stay(choose: ChooseRule, show: ShowRules) -> None:
    """A choice for a later month, or for one that is past, stands beside the first."""
    _night_first(choose)
    _night_first(choose, month=JANUARY.next, value="day_first")
    _night_first(choose, month=JANUARY.previous, value="proportional")

    assert ("proportional", "night_first", "day_first") == tuple(
        rule.value for rule in show(supplier="tsna").rules
    )


def test_flat_rate_comes_first(choose: ChooseRule, show: ShowRules) -> None:
    """Penalties at a flat rate are refused until the rate is chosen, lest no bill can be made."""
    flat = {"name": RuleName.RATE_MODE, "value": "flat"}
    _night_first(choose, name=RuleName.FLAT_RATE, value="5", month=JANUARY.next)
    with pytest.raises(FlatRateMissing):
        _night_first(choose, **flat)
    assert 1 == len(show(supplier="tsna").rules)

    _night_first(choose, **flat, month=JANUARY.next)
    assert RateMode.FLAT is show(supplier="tsna").on(JANUARY.next).rate_mode


def test_choice_of_an_unknown_supplier(choose: ChooseRule, show: ShowRules) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        _night_first(choose, supplier="nobody")
    with pytest.raises(SupplierNotFound):
        show(supplier="nobody")


def test_wrong_choice_is_refused_with_those_there_are(choose: ChooseRule) -> None:
    """Who mistypes a value learns what it can be."""
    with pytest.raises(RuleValueWrong) as refused:
        _night_first(choose, value="night")

    assert "proportional, night_first, day_first" == refused.value.choices


# Rules of estimates


def row(**changes: str) -> SuppliedEstimateRule:
    """Return a row of a file, with *changes*."""
    return SuppliedEstimateRule(
        **{
            "cause": "reading_missed",
            "month": "2020-01",
            "periods": "6",
            "clause": "приказ № 7",
            "coefficient": "",
        }
        | changes
    )


def test_estimate_rules_are_taken_over(take_over: ImportEstimateRules, show: ShowRules) -> None:
    """Rules are kept, again they change nothing, and another rule takes the place of the first."""
    rows = [row(), row(cause="meter_lost", periods="", coefficient="1,5")]

    assert BatchReport(added=2, changed=0, unchanged=0) == take_over(supplier="tsna", rows=rows)
    assert BatchReport(added=0, changed=0, unchanged=2) == take_over(supplier="tsna", rows=rows)
    lost = EstimateRule(periods=None, clause="приказ № 7", coefficient=Decimal("1.5"))
    expected = RuleBook(
        estimate_rules=(
            an_estimate_rule(),
            an_estimate_rule(cause=EstimateCause.METER_LOST, rule=lost),
        )
    )
    assert expected == show(supplier="tsna")
    assert BatchReport(added=0, changed=1, unchanged=0) == take_over(
        supplier="tsna", rows=[row(periods="3")]
    )
    assert 3 == show(supplier="tsna").estimate_rules[1].rule.periods


def test_all_faults_of_estimate_rules_are_told(
    take_over: ImportEstimateRules, show: ShowRules
) -> None:
    """Every fault of every row is listed, and no rule is kept."""
    rows = [
        row(),
        row(cause="sloth", month="January", periods="six", clause=" ", coefficient="-1"),
        row(cause="meter_lost", periods="121"),
        row(cause="meter_lost", coefficient="0"),
        row(periods="3"),
    ]
    with pytest.raises(BatchRejected) as refused:
        take_over(supplier="tsna", rows=rows)

    expected = [
        (1, "cause", "billing.rule_value_wrong"),
        (1, "month", "shared.not_a_month"),
        (1, "periods", "shared.not_a_whole_number"),
        (1, "coefficient", "shared.not_a_decimal"),
        (1, "clause", "shared.field_required"),
        (2, "periods", "billing.estimate_rule_wrong"),
        (3, "coefficient", "billing.estimate_rule_wrong"),
        (4, "cause", "shared.duplicate_row"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in refused.value.faults]
    assert RuleBook() == show(supplier="tsna")


def test_estimate_rules_of_an_unknown_supplier(take_over: ImportEstimateRules) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        take_over(supplier="nobody", rows=[row()])
