"""Finding what households should know."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import Protocol, TypeVar

from attrs import evolve, frozen

from elkk_core.accounts.model import Supplier
from elkk_core.billing.policies import Law, RuleBook, term
from elkk_core.notices.model import Addressee, Notice, Notification, NotificationId
from elkk_core.notices.policies import NoticePolicy, PayableUntil
from elkk_core.notices.ports import NoticeFacts, NoticesUnitOfWork
from elkk_core.shared.batches import BetweenBatches, nothing_between
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.timelines import NothingInForce

_T = TypeVar("_T")


class _Fact(Protocol):
    @property
    def to(self) -> Addressee: ...


_FactT = TypeVar("_FactT", bound=_Fact)
_Told = tuple[Addressee, Notice]


@frozen(kw_only=True)
class RaisedNotifications:
    """What is new: how many notifications of each kind, and the day whose terms were looked at.

    *day* is None where the terms of today were looked at before, or are to be in the morning.
    """

    counts: Mapping[str, int]
    day: date | None

    @property
    def total(self) -> int:
        """How many notifications are new."""
        return sum(self.counts.values())


@frozen(kw_only=True)
class RaiseNotifications:
    """Raise the notifications of a supplier's households; what was raised before is not again.

    What has happened is told each time: bills, payments, refusals of banks, answers of the supplier,
    links of others. What comes with time alone
    is told once a day, after the quiet hours: readings that are missing, debts, verification
    intervals. With *day* it is told now, and as it was or will be on that day.

    It is done in batches, each kept as a whole. Broken off, it is done again from the start, and
    raises what is missing.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    unit_of_work: Callable[[], NoticesUnitOfWork]
    facts: NoticeFacts
    clock: Clock
    identifiers: Identifiers
    policy: NoticePolicy
    batch_size: int = 1000

    def __call__(
        self,
        *,
        supplier: str,
        day: date | None = None,
        between_batches: BetweenBatches = nothing_between,
    ) -> RaisedNotifications:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            known = uow.suppliers.get_by_code(supplier)
            watch = uow.watches.get(known.supplier_id)
            payable_until = _terms(uow.law.get(), uow.rules.book(known.supplier_id))
        today = local_date(now, known.time_zone)
        looks = self.policy.is_to_look(watch, now=now, time_zone=known.time_zone)
        looked_on = day or (today if looks else None)

        since = self.policy.hears_from(watch, now=now)
        told: Iterator[_Told] = self._happened(known, since, payable_until)
        if looked_on is not None:
            told = chain(told, self._come_with_time(known, looked_on, payable_until))
        counts: Counter[str] = Counter()
        for batch in _batches(told, self.batch_size):
            counts.update(self._keep(batch, now))
            between_batches()

        watch = evolve(watch, heard_until=now)
        if looked_on == today:
            watch = evolve(watch, looked_on=today)
        with self.unit_of_work() as uow:
            uow.watches.put(watch)
            uow.commit()
        return RaisedNotifications(counts=dict(sorted(counts.items())), day=looked_on)

    def _happened(
        self, supplier: Supplier, since: datetime, payable_until: PayableUntil
    ) -> Iterator[_Told]:
        facts, policy = self.facts, self.policy
        yield from _told(
            facts.bills(supplier.supplier_id, since=since),
            lambda fact: policy.bill_issued(fact, payable_until=payable_until),
        )
        yield from _told(facts.payments(supplier.supplier_id, since=since), policy.payment_posted)
        yield from _told(
            facts.refusals(supplier.supplier_id, since=since),
            lambda fact: policy.payment_declined(fact, time_zone=supplier.time_zone),
        )
        yield from _told(
            facts.answers(supplier.supplier_id, since=since),
            lambda fact: policy.request_answered(fact, time_zone=supplier.time_zone),
        )
        yield from _told(
            facts.links(supplier.supplier_id, since=since),
            lambda fact: policy.linked_by_another(fact, time_zone=supplier.time_zone),
        )

    def _come_with_time(
        self, supplier: Supplier, day: date, payable_until: PayableUntil
    ) -> Iterator[_Told]:
        facts, policy = self.facts, self.policy
        closing = {
            window
            for window in facts.windows(supplier.supplier_id)
            if policy.is_closing(window, day=day)
        }
        if closing:
            yield from _told(
                facts.unread_meters(supplier.supplier_id, Month.of(day), windows=closing, day=day),
                lambda fact: policy.readings_missing(fact, day=day),
            )
        yield from _told(
            facts.verification_terms(
                supplier.supplier_id, day=day, through=policy.verification_ends_by(day)
            ),
            lambda fact: policy.verification(fact, day=day),
        )
        yield from _told(
            facts.unpaid_accounts(supplier.supplier_id),
            lambda fact: policy.debt(fact, day=day, payable_until=payable_until),
        )

    def _keep(self, told: Iterable[_Told], now: datetime) -> Counter[str]:
        with self.unit_of_work() as uow:
            raised = uow.notifications.raise_all(
                [
                    Notification(
                        notification_id=NotificationId(self.identifiers.new()),
                        user_id=to.user_id,
                        account_id=to.account_id,
                        notice=notice,
                        raised_at=now,
                    )
                    for to, notice in told
                ]
            )
            uow.commit()
        return Counter(notification.notice.kind for notification in raised)


def _told(facts: Iterable[_FactT], rule: Callable[[_FactT], Notice | None]) -> Iterator[_Told]:
    """Yield what *rule* makes worth telling of *facts*."""
    for fact in facts:
        notice = rule(fact)
        if notice is not None:
            yield fact.to, notice


def _batches(things: Iterator[_T], size: int) -> Iterator[list[_T]]:
    while batch := list(islice(things, size)):
        yield batch


def _terms(law: Law, book: RuleBook) -> PayableUntil:
    """Return what tells the last day of payment, as the books have it now."""
    remembered: dict[Month, date | None] = {}

    def payable_until(month: Month) -> date | None:
        if month not in remembered:
            try:
                remembered[month] = term(month, law=law, rules=book.on(month))
            except NothingInForce:
                # A table that an operator has cut short is no reason to keep silent.
                remembered[month] = None
        return remembered[month]

    return payable_until
