"""Reading phones by phonenumbers and addresses by email-validator."""

import re
import unicodedata
from contextlib import suppress

import phonenumbers
from attrs import frozen
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from elkk_core.identity import Email, EmailMalformed, Phone, PhoneMalformed, PhoneNotMobile

# A plus, digits of any script, and the blanks, dashes and other signs that stand between them.
# Letters are refused, for phonenumbers would read them as digits («8-800-FLOWERS»), and so is what
# would make a second number or an extension.
_PHONE = re.compile(r"(?P<plus>[\s(]*[+\uff0b])?(?P<digits>[\d\s().~\-\u2010-\u2015\u2212]+)")
_RECEIVE_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


@frozen(kw_only=True)
class ForgivingContactReader:
    """Reads phones as written in *region* (an ISO 3166 code), foreign ones with a plus.

    Nothing is looked up on a network: whether a phone or an address is its owner's is found out by
    sending something to it.
    """

    region: str = "RU"

    def read_phone(self, text: str) -> Phone:
        """Return the mobile phone that *text* means.

        Raises:
            PhoneMalformed: If it is not the number of a telephone.
            PhoneNotMobile: If that telephone cannot receive an SMS.
        """
        match = _PHONE.fullmatch(_without_invisible(text))
        if match is None:
            raise PhoneMalformed
        digits = "".join(sign for sign in match["digits"] if sign.isdecimal())
        number = self._parse(digits, plus=bool(match["plus"]))
        if number is None or not phonenumbers.is_valid_number(number):
            raise PhoneMalformed
        if phonenumbers.number_type(number) not in _RECEIVE_SMS:
            raise PhoneNotMobile
        return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164))

    def _parse(self, digits: str, *, plus: bool) -> PhoneNumber | None:
        # People write «+8 916 …» too: where a plus precedes the code of no country, it means nothing.
        for written in (f"+{digits}", digits) if plus else (digits,):
            with suppress(NumberParseException):
                return phonenumbers.parse(written, self.region)
        return None

    def read_email(self, text: str) -> Email:
        """Return the e-mail address that *text* means, in small letters.

        Mailboxes that differ in case alone are one mailbox in practice, and people write their
        address now so, now so. A domain in other letters than Latin stands in its own script.

        Raises:
            EmailMalformed: If it is not one.
        """
        typed = _without_invisible(text).strip()
        try:
            found = validate_email(typed.lower(), check_deliverability=False)
        except EmailNotValidError:
            raise EmailMalformed from None
        return Email(found.normalized)


def _without_invisible(text: str) -> str:
    """Return *text* without the format characters that copying from a list of contacts brings."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
