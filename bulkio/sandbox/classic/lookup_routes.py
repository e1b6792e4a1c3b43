"""The addresses of the look-ups: accounts, years, products and the small lists."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.classic import (
    accounting_years,
    accounts,
    app_roles,
    entries,
    lookups,
    payment_terms,
    product_groups,
    product_prices,
    products,
    units,
)
from bulkio.sandbox.routing import Route

_PRICE_SCHEMAS = "products.productNumber.pricing.currency-specific-sales-prices"


def lookup_routes() -> Iterator[Route]:
    """All look-ups, and what can be written of them."""
    for collection in lookups.COLLECTIONS:
        path = f"/{collection.shelf.path}"
        yield Route("GET", path, lookups.list_of(collection))
        yield Route("GET", f"{path}/:key", lookups.single_of(collection))
    yield Route("GET", "/app-roles", app_roles.list_roles)
    yield Route("GET", "/app-roles/:role", app_roles.read_role)
    yield from _payment_terms()
    yield from _units()
    yield from _products()
    yield from _accounts()
    yield from _years()


def _payment_terms() -> Iterator[Route]:
    yield Route("GET", "/payment-terms", payment_terms.list_payment_terms)
    yield Route("POST", "/payment-terms", payment_terms.create_payment_terms, "payment-terms.post")
    one = "/payment-terms/:terms"
    yield Route("GET", one, payment_terms.read_payment_terms)
    yield Route("PUT", one, payment_terms.replace_payment_terms, "payment-terms.paymentTermsNumber.put")
    yield Route("DELETE", one, payment_terms.delete_payment_terms)


def _units() -> Iterator[Route]:
    yield Route("GET", "/units", units.list_units)
    yield Route("POST", "/units", units.create_unit, "units.post")
    one = "/units/:unit"
    yield Route("GET", one, units.read_unit)
    yield Route("PUT", one, units.replace_unit, "units.unitNumber.put")
    yield Route("DELETE", one, units.delete_unit)
    yield Route("GET", f"{one}/products", products.list_products_of_unit)


def _products() -> Iterator[Route]:
    yield Route("GET", "/product-groups", product_groups.list_product_groups)
    yield Route("GET", "/product-groups/:group", product_groups.read_product_group)
    yield Route("GET", "/product-groups/:group/products", products.list_products_of_group)
    yield Route("GET", "/product-groups/:group/sales-accounts", product_groups.list_sales_accounts)
    yield Route("GET", "/products", products.list_products)
    yield Route("POST", "/products", products.create_product, "products.post")
    one = "/products/:product"
    yield Route("GET", one, products.read_product)
    yield Route("PUT", one, products.replace_product, "products.productNumber.put")
    yield Route("DELETE", one, products.delete_product)
    prices = f"{one}/pricing/currency-specific-sales-prices"
    yield Route("GET", prices, product_prices.list_prices)
    yield Route("POST", prices, product_prices.create_price, f"{_PRICE_SCHEMAS}.post")
    price = f"{prices}/:code"
    yield Route("GET", price, product_prices.read_price)
    yield Route("PUT", price, product_prices.replace_price, f"{_PRICE_SCHEMAS}.currencyCode.put")
    yield Route("DELETE", price, product_prices.delete_price)


def _accounts() -> Iterator[Route]:
    yield Route("GET", "/accounts", accounts.list_accounts)
    one = "/accounts/:account"
    yield Route("GET", one, accounts.read_account)
    years = f"{one}/accounting-years"
    yield Route("GET", years, accounting_years.list_years_of_account)
    yield Route("GET", f"{years}/:year", accounting_years.read_year_of_account)
    yield Route("GET", f"{years}/:year/entries", entries.list_of_account)
    yield Route("GET", f"{years}/:year/totals", entries.total_of_account)
    periods = f"{years}/:year/periods"
    yield Route("GET", periods, accounting_years.list_periods_of_account)
    yield Route("GET", f"{periods}/:period", accounting_years.read_period_of_account)
    yield Route("GET", f"{periods}/:period/entries", entries.list_of_account_and_period)
    yield Route("GET", f"{periods}/:period/totals", entries.total_of_account_and_period)


def _years() -> Iterator[Route]:
    yield Route("GET", "/accounting-years", accounting_years.list_years)
    yield Route("POST", "/accounting-years", accounting_years.create_year, "accounting-years.post")
    one = "/accounting-years/:year"
    yield Route("GET", one, accounting_years.read_year)
    yield Route("GET", f"{one}/entries", entries.list_of_year)
    yield Route("GET", f"{one}/entries/:entry", entries.read_entry)
    yield Route("GET", f"{one}/totals", entries.totals_of_year)
    periods = f"{one}/periods"
    yield Route("GET", periods, accounting_years.list_periods)
    yield Route("GET", f"{periods}/:period", accounting_years.read_period)
    yield Route("GET", f"{periods}/:period/entries", entries.list_of_period)
    yield Route("GET", f"{periods}/:period/totals", entries.totals_of_period)
