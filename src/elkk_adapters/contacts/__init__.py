"""Phones and e-mails in all the ways in which people write them."""

from elkk_adapters.contacts.reader import ForgivingContactReader

__all__ = ["ForgivingContactReader"]
