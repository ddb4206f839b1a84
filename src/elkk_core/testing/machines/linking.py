"""Linking of accounts, played against a store."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    rule,
)

from elkk_core.accounts import (
    AlreadyLinked,
    BillDelivery,
    LinkAccount,
    LinkingLocked,
    LinkingPolicy,
    Relation,
    StartLinking,
    UnlinkAccount,
    WriteNote,
    WrongSecurityAnswer,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    Limit,
    Money,
    UserId,
)
from elkk_core.testing.builders import (
    SUPPLIER_ID,
    a_supplier,
    a_user,
    an_account,
    an_invoice,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.machines.playing import OpenStore, StoreMachine, code_of
from elkk_core.testing.stores import keep

_POLICY = LinkingPolicy(
    per_user=Limit(times=2, within=timedelta(hours=24)),
    per_account=Limit(times=3, within=timedelta(hours=24)),
)
_ANSWERS = {"680000000001": Money(255), "680000000002": Money(150000)}
_ACCOUNTS = {number: AccountId(UUID(int=0x200 + place)) for place, number in enumerate(_ANSWERS)}
_UNKNOWN = "680000000003"
_LINKERS = tuple(UserId(UUID(int=0x100 + place)) for place in range(4))

users = st.sampled_from(_LINKERS)
numbers = st.sampled_from([*_ANSWERS, _UNKNOWN])


class LinkingMachine(StoreMachine):
    """Users guess the figures of bills, unlink and link again, in any order and at any time.

    However they go about it, nobody gets more wrong answers taken than the limits allow, by user
    and by account, whether the account exists or not; only a right answer links, once and again;
    and what somebody has unlinked is out of sight, the note too, while the fact of linking stays.
    """

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__(open_store)
        self.clock = FixedClock(datetime(2020, 2, 1, tzinfo=UTC))
        self.linked: dict[tuple[UserId, str], str] = {}
        self.linkings: list[tuple[str, datetime]] = []
        self.wrong: list[tuple[UserId, str, datetime]] = []
        facts = [
            (
                an_account(account_id=_ACCOUNTS[number], number=number),
                an_invoice(
                    invoice_id=UUID(int=0x300 + place),
                    account_id=_ACCOUNTS[number],
                    number=f"N{place}",
                    opening=answer,
                    payments=Money(64320),
                ),
            )
            for place, (number, answer) in enumerate(_ANSWERS.items())
        ]
        keep(
            self.store,
            a_supplier(),
            *(
                a_user(user_id=user_id, phone=evolve(a_user().phone, number=f"+7916000000{place}"))
                for place, user_id in enumerate(_LINKERS)
            ),
            *(fact for pair in facts for fact in pair),
        )
        self.start = StartLinking(
            unit_of_work=self.store.unit_of_work, clock=self.clock, policy=_POLICY
        )
        self.link = LinkAccount(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=SequentialIdentifiers(first=0x400),
            policy=_POLICY,
        )
        self.unlink = UnlinkAccount(unit_of_work=self.store.unit_of_work)
        self.write_note = WriteNote(unit_of_work=self.store.unit_of_work)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        """Let some hours pass."""
        self.clock.advance(timedelta(hours=hours))

    @rule(user=users, number=numbers)
    def ask(self, user: UserId, number: str) -> None:
        """Take the first step, which a right to answer decides, not the account's existence."""
        assert self._expected(user, number) == code_of(
            lambda: self.start(
                user_id=user, supplier_id=SUPPLIER_ID, number=number, relation=Relation.OWNER
            )
        )

    @rule(user=users, number=numbers, right=st.booleans())
    def answer(self, user: UserId, number: str, right: bool) -> None:  # noqa: FBT001 - Drawn.
        """Answer the security question."""
        figure = _ANSWERS.get(number, Money.zero())
        expected = self._expected(user, number)
        is_right = right and number in _ANSWERS
        if expected is None and is_right:
            self.linked[user, number] = ""
            self.linkings.append((number, self.clock.now()))
        elif expected is None:
            expected = WrongSecurityAnswer.code
            self.wrong.append((user, number, self.clock.now()))

        assert expected == code_of(
            lambda: self.link(
                user_id=user,
                supplier_id=SUPPLIER_ID,
                number=number,
                relation=Relation.OWNER,
                delivery=BillDelivery.EMAIL,
                answer=str(figure if right else figure + Money(1)),
            )
        )

    @rule(user=users, number=st.sampled_from([*_ANSWERS]))
    def take_away(self, user: UserId, number: str) -> None:
        """Unlink an account, which only those can do who have linked it."""
        expected = None if (user, number) in self.linked else AccountNotFound.code
        self.linked.pop((user, number), None)

        assert expected == code_of(lambda: self.unlink(user_id=user, account_id=_ACCOUNTS[number]))

    @rule(user=users, number=st.sampled_from([*_ANSWERS]), note=st.sampled_from(["Дача", "Мама"]))
    def note(self, user: UserId, number: str, note: str) -> None:
        """Write a note on an account, which only those can do who have linked it."""
        expected = None
        if (user, number) in self.linked:
            self.linked[user, number] = note
        else:
            expected = AccountNotFound.code

        assert expected == code_of(
            lambda: self.write_note(user_id=user, account_id=_ACCOUNTS[number], note=note)
        )

    @invariant()
    def only_right_answers_link(self) -> None:
        """Each user sees what they linked, with notes since then, and nothing else."""
        for user in _LINKERS:
            expected = {number: note for (one, number), note in self.linked.items() if one == user}
            assert expected == {
                account.number: account.note
                for account in self.store.linked_accounts.list_for(user)
            }

    @invariant()
    def linkings_stay(self) -> None:
        """Whatever was unlinked since, each linking is known to those who see the account."""
        for user, number in self.linked:
            assert [moment for known, moment in self.linkings if known == number] == [
                *self.store.linked_accounts.list_linkings(_ACCOUNTS[number], user_id=user)
            ]

    @invariant()
    def limits_hold(self) -> None:
        """In no stretch of a day more wrong answers were taken than allowed."""
        by_user, by_account = defaultdict(list), defaultdict(list)
        for user, number, moment in self.wrong:
            by_user[user].append(moment)
            by_account[number].append(moment)
        for limit, series in ((_POLICY.per_user, by_user), (_POLICY.per_account, by_account)):
            for moments in series.values():
                for first, last in zip(moments, moments[limit.times :], strict=False):
                    assert last - first >= limit.within

    def _expected(self, user: UserId, number: str) -> str | None:
        """Return the code of the error that comes before any look at the answer."""
        if (user, number) in self.linked:
            return AlreadyLinked.code
        recent = [
            (linker, account)
            for linker, account, moment in self.wrong
            if self.clock.now() - moment < timedelta(hours=24)
        ]
        if (
            sum(linker == user for linker, _ in recent) >= _POLICY.per_user.times
            or sum(account == number for _, account in recent) >= _POLICY.per_account.times
        ):
            return LinkingLocked.code
        return None
