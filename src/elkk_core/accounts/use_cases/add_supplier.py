"""Adding a supplier."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model import (
    Contacts,
    Requisites,
    Supplier,
    account_key_is_right,
    bank_account,
    bank_code,
    known_time_zone,
    line,
    supplier_code,
    tax_number,
)
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.ports import Identifiers
from elkk_core.shared.windows import SubmissionWindow


@frozen(kw_only=True)
class AddSupplier:
    """Take a supplier into the books, with requisites whose control digits fit.

    Raises:
        FormRejected: If fields are wrong; each fault is at the name of its argument.
        SupplierCodeTaken: If another supplier has the code.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]
    identifiers: Identifiers

    def __call__(
        self,
        *,
        code: str,
        name: str,
        time_zone: str,
        window: str,
        payee: str,
        inn: str,
        bank: str,
        bic: str,
        settlement_account: str,
        correspondent_account: str,
        site: str = "",
        phone: str = "",
        email: str = "",
    ) -> SupplierId:
        faults = Faults()
        with faults.at("code"):
            supplier_code(code)
        with faults.at("name"):
            line(name)
        with faults.at("time_zone"):
            known_time_zone(time_zone)
        with faults.at("window"):
            submission_window = SubmissionWindow.parse(window)
        with faults.at("payee"):
            line(payee)
        with faults.at("inn"):
            tax_number(inn)
        with faults.at("bank"):
            line(bank)
        found = len(faults)
        with faults.at("bic"):
            bank_code(bic)
        bic_is_right = len(faults) == found
        with faults.at("settlement_account"):
            bank_account(settlement_account)
            if bic_is_right and not account_key_is_right(bic=bic, account=settlement_account):
                raise errors.BankKeyWrong
        with faults.at("correspondent_account"):
            bank_account(correspondent_account)
        faults.refuse_form()

        supplier = Supplier(
            supplier_id=SupplierId(self.identifiers.new()),
            code=code,
            name=name,
            time_zone=time_zone,
            window=submission_window,
            requisites=Requisites(
                payee=payee,
                inn=inn,
                bank=bank,
                bic=bic,
                settlement_account=settlement_account,
                correspondent_account=correspondent_account,
            ),
            contacts=Contacts(site=site.strip(), phone=phone.strip(), email=email.strip()),
        )
        with self.unit_of_work() as uow:
            uow.suppliers.add(supplier)
            uow.commit()
        return supplier.supplier_id
