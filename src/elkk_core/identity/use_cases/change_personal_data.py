"""Changing what a user tells of themselves."""

from collections.abc import Callable
from datetime import date

from attrs import frozen

from elkk_core.identity.model import (
    FullName,
    Sex,
    check_birth_date,
    name_part,
    optional_name_part,
)
from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock
from elkk_core.shared.texts import read_date


@frozen(kw_only=True)
class ChangePersonalData:
    """Replace the name, the sex and the date of birth of a user.

    The date is written «05.02.2002» or «2002-02-05»; an empty text says that it is not told.

    Raises:
        FormRejected: If fields are wrong; faults are at ``surname``, ``given``, ``patronymic`` and
            ``born_on``.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    clock: Clock

    def __call__(
        self,
        *,
        user_id: UserId,
        surname: str,
        given: str,
        patronymic: str,
        sex: Sex | None,
        born_on: str,
    ) -> None:
        faults = Faults()
        with faults.at("surname"):
            name_part(surname)
        with faults.at("given"):
            name_part(given)
        with faults.at("patronymic"):
            optional_name_part(patronymic)
        day: date | None = None
        with faults.at("born_on"):
            if born_on.strip():
                day = read_date(born_on.strip())
                check_birth_date(day, today=self.clock.now().date())
        faults.refuse_form()

        name = FullName(surname=surname, given=given, patronymic=patronymic)
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            uow.users.save(user.change_personal_data(name=name, sex=sex, born_on=day))
            uow.commit()
