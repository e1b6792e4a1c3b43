"""The addresses of invoices and their totals."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.classic import booked, drafts, lookups, totals
from bulkio.sandbox.routing import Route


def invoice_routes() -> Iterator[Route]:
    """Drafts, booked invoices, their views and sums."""
    yield Route("GET", "/invoices", totals.read_invoices)
    yield from _drafts()
    yield from _booked()
    yield from _totals()
    yield from _of_customer()


def _drafts() -> Iterator[Route]:
    path = "/invoices/drafts"
    yield Route("GET", path, drafts.list_drafts)
    yield Route("POST", path, drafts.create_draft, "invoices.drafts.post")
    yield Route("DELETE", path, drafts.delete_drafts)
    one = f"{path}/:draft"
    yield Route("GET", one, drafts.read_draft_invoice)
    yield Route("PUT", one, drafts.replace_draft, "invoices.drafts.draftInvoiceNumber.put")
    yield Route("DELETE", one, drafts.delete_draft)
    for name in ("pdf", "attachment", "templates", "templates/booking-instructions"):
        yield Route("GET", f"{one}/{name}", lookups.later)


def _booked() -> Iterator[Route]:
    path = "/invoices/booked"
    yield Route("GET", path, booked.list_booked)
    yield Route("POST", path, booked.book, "invoices.booked.post")
    one = f"{path}/:invoice"
    yield Route("GET", one, booked.read_booked)
    yield Route("PUT", one, booked.book_with_number, "invoices.booked.bookWithNumber.put")
    yield Route("GET", f"{one}/pdf", lookups.later)
    yield Route("GET", f"{one}/sent", lookups.later)
    for name in booked.VIEWS:
        yield Route("GET", f"/invoices/{name}", booked.list_view(name))
    yield Route("GET", "/invoices/sent", booked.list_sent)


def _totals() -> Iterator[Route]:
    yield Route("GET", "/invoices/totals", totals.read_totals)
    yield Route("GET", "/invoices/totals/drafts", totals.read_drafts_total)
    yield Route("GET", "/invoices/totals/booked", totals.read_booked_total)
    for part in totals.BOOKED_PARTS:
        yield Route("GET", f"/invoices/totals/booked/{part}", totals.read_part_of_booked(part))
    for table in ("drafts", "booked"):
        own = f"/invoices/totals/{table}"
        yield Route("GET", f"{own}/customers", totals.read_totals_by_customer(table))
        yield Route("GET", f"{own}/customers/:customer", totals.read_total_of_customer(table))
        for name in ("accounting-years", "periods", "employees"):
            yield Route("GET", f"{own}/{name}", lookups.later)


def _of_customer() -> Iterator[Route]:
    one = "/customers/:customer"
    yield Route("GET", f"{one}/totals", totals.read_customer_totals)
    yield Route("GET", f"{one}/invoices", totals.read_customer_invoices)
    yield Route("GET", f"{one}/invoices/drafts", drafts.list_drafts_of_customer)
    yield Route("GET", f"{one}/invoices/booked", booked.list_booked_of_customer)
