"""The server's arithmetic on invoices: line totals, VAT, margins, amounts in base currency.

Checked against samples/invoices.drafts.post.response.json; VAT and exchange rates are the inventions `vat-rate` and
`exchange-rate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from bulkio.sandbox.shelves import Body

_CENT = Decimal("0.01")
# Wide enough for the product of the largest amounts that are let in.
_WIDE = Context(prec=80)
_HUNDRED = Decimal(100)
_RATES = {"DKK": 100, "EUR": 745, "SEK": 66, "NOK": 64, "GBP": 870, "USD": 690}
_DOMESTIC_ZONE = 1
_DOMESTIC_VAT = Decimal(25)


@dataclass(frozen=True)
class Terms:
    """What an invoice's prices hang on: the exchange rate per hundred and the VAT rate in per cent."""

    exchange_rate: Decimal
    vat_rate: Decimal


def terms_of(currency: str, given_rate: float | None, vat_zone: object) -> Terms:
    """The terms of an invoice; a rate that the caller gives counts before the fixed ones."""
    rate = _RATES.get(currency, 100) if given_rate is None else given_rate
    return Terms(exact(rate), _DOMESTIC_VAT if vat_zone == _DOMESTIC_ZONE else Decimal(0))


def exact(value: float) -> Decimal:
    """A JSON number without the noise of binary fractions."""
    return Decimal(repr(value))


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half away from zero."""
    return value.quantize(_CENT, ROUND_HALF_UP, _WIDE)


def priced_line(line: Body, terms: Terms) -> Body:
    """A line with its total and margin; a line without a product is text only."""
    if "product" not in line:
        return line
    quantity, price = exact(line["quantity"]), exact(line["unitNetPrice"])
    net = rounded(quantity * price * (_HUNDRED - exact(line["discountPercentage"])) / _HUNDRED)
    margin = rounded(in_base(net, terms) - quantity * exact(line["unitCostPrice"]))
    figures = {"totalNetAmount": float(net), "marginInBaseCurrency": float(margin)}
    return line | figures | {"marginPercentage": _share(margin, in_base(net, terms))}


def in_base(amount: Decimal, terms: Terms) -> Decimal:
    """An amount of the invoice's currency in the agreement's own."""
    return rounded(amount * terms.exchange_rate / _HUNDRED)


def margin_of(price: float, cost: float, terms: Terms) -> tuple[float, float]:
    """The margin of one piece in the agreement's currency, and its share of the price in per cent."""
    net = in_base(exact(price), terms)
    margin = rounded(net - exact(cost))
    return float(margin), _share(margin, net)


def _share(part: Decimal, whole: Decimal) -> float:
    return float(rounded(part * _HUNDRED / whole)) if whole else 0.0


def line_vat(line: Body, terms: Terms) -> Decimal:
    """The VAT of one line."""
    return rounded(exact(line.get("totalNetAmount", 0)) * terms.vat_rate / _HUNDRED)


def totals(lines: list[Body], terms: Terms) -> Body:
    """The amounts of an invoice from its priced lines."""
    net = sum((exact(line.get("totalNetAmount", 0)) for line in lines), Decimal(0))
    vat = rounded(net * terms.vat_rate / _HUNDRED)
    margin = sum((exact(line.get("marginInBaseCurrency", 0)) for line in lines), Decimal(0))
    base = in_base(net, terms)
    return {
        "exchangeRate": float(terms.exchange_rate),
        "netAmount": float(net),
        "netAmountInBaseCurrency": float(base),
        "grossAmount": float(net + vat),
        "grossAmountInBaseCurrency": float(in_base(net + vat, terms)),
        "marginInBaseCurrency": float(margin),
        "marginPercentage": _share(margin, base),
        "vatAmount": float(vat),
        "roundingAmount": 0.0,
        "costPriceInBaseCurrency": float(base - margin),
    }
