"""The test kit is at hand: by type, by name, or with a word of how to get it."""

import importlib.util
import runpy
import types
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import elkk_core.testing
from elkk_core import accounts, billing, identity, metering, payments, shared, support, tariffs
from elkk_core.testing import builders, contracts
from elkk_core.testing.strategies import MeteredWorld

KNOWN = [
    shared.Money,
    shared.Month,
    shared.Period,
    shared.SubmissionWindow,
    shared.Tally,
    shared.Traits,
    identity.Phone,
    identity.Email,
    identity.FullName,
    identity.Registration,
    identity.PasswordRecovery,
    identity.User,
    identity.SecondFactor,
    identity.PendingSignIn,
    identity.PhoneChange,
    identity.EmailConfirmation,
    identity.Session,
    accounts.Requisites,
    accounts.Supplier,
    accounts.PersonalAccount,
    accounts.AccountLink,
    tariffs.Rate,
    tariffs.TariffBook,
    metering.DigitCapacity,
    metering.Meter,
    metering.Reading,
    metering.MeteringGap,
    metering.PersonsBand,
    metering.Norm,
    metering.NormTable,
    metering.EstimateRule,
    support.Wording,
    support.Content,
    support.PublishedContent,
    support.Attachment,
    support.Message,
    support.ServiceOrder,
    support.SupportRequest,
    billing.Law,
    billing.LawRow,
    billing.SupplierRule,
    billing.SupplierEstimateRule,
    billing.RuleBook,
    billing.Invoice,
    billing.MonthConsumption,
    billing.Benefit,
    billing.LedgerEntry,
    billing.ReceivedPayment,
    payments.PaymentChange,
    payments.CardPayment,
    payments.BankAnswer,
    MeteredWorld,
]


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_hypothesis_knows_how_to_make_one(kind: type[Any]) -> None:
    """``from_type`` finds the strategy without an import of ours."""

    @given(one=st.from_type(kind))
    def is_one(one: object) -> None:
        assert isinstance(one, kind)

    is_one()


@pytest.mark.parametrize(
    "build",
    [
        value
        for name, value in vars(builders).items()
        if isinstance(value, types.FunctionType) and value.__module__.startswith(builders.__name__)
    ],
    ids=lambda build: build.__name__,
)
def test_builder_makes_the_same_thing_each_time(build: types.FunctionType) -> None:
    """What a builder makes is valid, and equal to what it makes again."""
    assert build() == build()


@given(world=st.from_type(MeteredWorld))
def test_world_is_consistent(world: MeteredWorld) -> None:
    """Each zone has a reading a month and a rate on the first of every month."""
    book = tariffs.TariffBook(rates=world.rates)

    assert world.account.supplier_id == world.supplier.supplier_id
    assert world.meter.account_id == world.account.account_id
    assert len(world.readings) == len(world.months) * len(world.meter.zones)
    for month in world.months:
        for zone in world.meter.zones:
            book.rate_on(month.first_day, category=world.account.category, zone=zone)


@pytest.mark.parametrize(
    ("module", "missing"), [(elkk_core.testing, "hypothesis"), (contracts, "pytest")]
)
def test_missing_library_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, module: types.ModuleType, missing: str
) -> None:
    """Who installed the core alone learns how to get the test kit."""
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name == missing else find_spec(name, *rest),
    )

    assert module.__file__ is not None
    with pytest.raises(ImportError, match=r"pip install 'elkk\[testing\]'"):
        runpy.run_path(str(Path(module.__file__)))
