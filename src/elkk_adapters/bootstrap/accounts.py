"""The room of suppliers, personal accounts and links."""

from elkk_adapters.application import Accounts
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import accounts


def accounts_room(tools: Tools) -> Accounts:
    """Return the use cases and queries of suppliers, personal accounts and links."""
    return Accounts(
        add_supplier=accounts.AddSupplier(
            unit_of_work=tools.unit_of_work, identifiers=tools.identifiers
        ),
        import_accounts=accounts.ImportAccounts(
            unit_of_work=tools.unit_of_work, identifiers=tools.identifiers
        ),
        start_linking=accounts.StartLinking(
            unit_of_work=tools.unit_of_work, clock=tools.clock, policy=tools.settings.linking
        ),
        link_account=accounts.LinkAccount(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.linking,
        ),
        unlink_account=accounts.UnlinkAccount(unit_of_work=tools.unit_of_work),
        choose_group=accounts.ChooseGroup(unit_of_work=tools.unit_of_work),
        write_note=accounts.WriteNote(unit_of_work=tools.unit_of_work),
        choose_bill_delivery=accounts.ChooseBillDelivery(unit_of_work=tools.unit_of_work),
        choose_mailings=accounts.ChooseMailings(unit_of_work=tools.unit_of_work),
        own_data=accounts.ShowOwnAccounts(
            linked_accounts=tools.database.linked_accounts, mailings=tools.database.mailings
        ),
        linked_accounts=tools.database.linked_accounts,
        mailings=tools.database.mailings,
        suppliers=tools.database.suppliers,
    )
