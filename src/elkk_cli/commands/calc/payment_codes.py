"""Calculators of payment QR codes."""

import base64
import binascii
from typing import Any

from elkk_cli import errors
from elkk_cli.commands.calc.asking import Result, calculator, qr
from elkk_cli.desk import Desk
from elkk_cli.given import (
    Given,
    Misgiven,
    choice,
    mapping,
    text,
)
from elkk_core.billing import (
    Charset,
    PaymentCode,
)
from elkk_core.shared import ElkkError


@calculator(qr, "build")
def _build(value: Any, _desk: Desk) -> Result:
    """Text of a payment QR, and its bytes in Base64.

    Fields bear the names of the standard; the required ones are Name, PersonalAcc, BankName, BIC
    and CorrespAcc. Sum is in kopecks. charset: utf8 (default), win1251, koi8r.

    \b
    In:  {"charset": "utf8", "fields": {"Name": "ООО «Три кита»",
          "PersonalAcc": "40702810138250123017", "BankName": "ОАО \\"БАНК\\"", "BIC": "044525225",
          "CorrespAcc": "30101810965770000413"}}
    Out: {"string": "ST00012|Name=ООО «Три кита»|PersonalAcc=…", "base64": "U1Qw…"}
    """
    given = Given.of(value, "charset", "fields")
    charset = given.may("charset", choice(Charset), Charset.UTF8)
    fields = Given(given.need("fields", mapping), "fields")
    present = {name: fields.need(name, text) for name in fields.values if fields.has(name)}
    try:
        code = PaymentCode.build(present, charset=charset)
    except ElkkError as error:
        field = getattr(error, "field", None)
        raise Misgiven(error, fields.where(field) if field else fields.place) from None
    return {"string": code.text, "base64": base64.b64encode(code.encoded).decode("ascii")}


@calculator(qr, "parse")
def _parse(value: Any, _desk: Desk) -> Result:
    """Fields of a payment QR, from its text or from its bytes in Base64.

    The reader is patient: names in any case, unknown names, empty values and a separator at the end
    do no harm; control digits are not checked.

    \b
    In:  {"string": "ST00012|name=ООО «Три кита»|PersonalAcc=40702810138250123017|"}
    Out: {"charset": "utf8", "separator": "|", "fields": {"Name": "ООО «Три кита»",
          "PersonalAcc": "40702810138250123017"}}
    """
    given = Given.of(value, "base64", "string")
    if given.has("base64") == given.has("string"):
        raise errors.OneExpected("base64, string")
    if given.has("base64"):
        found = given.need("base64", lambda code: PaymentCode.parse(_bytes(code)))
    else:
        found = given.need("string", lambda code: PaymentCode.parse(text(code)))
    return {
        "charset": found.charset.value,
        "separator": found.separator,
        "fields": dict(found.fields),
    }


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode("".join(text(value).split()), validate=True)
    except (binascii.Error, ValueError):
        raise errors.Base64Malformed from None
