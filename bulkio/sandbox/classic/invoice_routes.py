"""The addresses of invoices and their totals."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.classic import booked, drafts, lookups, pdf, templates, totals
from bulkio.sandbox.classic.totals_parts import part_routes
from bulkio.sandbox.routing import Route


def invoice_routes() -> Iterator[Route]:
    """Drafts, booked invoices, their views and sums."""
    yield Route("GET", "/invoices", totals.read_invoices)
    yield from _drafts()
    yield from _booked()
    yield from _totals()
    yield from _of_others()


def _drafts() -> Iterator[Route]:
    path = "/invoices/drafts"
    yield Route("GET", path, drafts.list_drafts)
    yield Route("POST", path, drafts.create_draft, "invoices.drafts.post")
    yield Route("DELETE", path, drafts.delete_drafts)
    one = f"{path}/:draft"
    yield Route("GET", one, drafts.read_draft_invoice)
    yield Route("PUT", one, drafts.replace_draft, "invoices.drafts.draftInvoiceNumber.put")
    yield Route("DELETE", one, drafts.delete_draft)
    yield Route("POST", f"{one}/lines", drafts.add_lines, "invoices.drafts.draftInvoiceNumber.lines.post")
    yield Route("GET", f"{one}/templates", templates.read_draft_templates)
    yield Route("GET", f"{one}/templates/booking-instructions", templates.read_booking_instructions)
    yield Route("GET", f"{one}/pdf", pdf.read_draft_pdf)
    yield Route("GET", f"{one}/attachment", lookups.later)


def _booked() -> Iterator[Route]:
    path = "/invoices/booked"
    yield Route("GET", path, booked.list_booked)
    yield Route("POST", path, booked.book, "invoices.booked.post")
    one = f"{path}/:invoice"
    yield Route("GET", one, booked.read_booked)
    yield Route("PUT", one, booked.book_with_number, "invoices.booked.bookWithNumber.put")
    yield Route("GET", f"{one}/pdf", pdf.read_booked_pdf)
    yield Route("GET", f"{one}/sent", booked.list_sendings)
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
        yield from part_routes(table)


def _of_others() -> Iterator[Route]:
    one = "/customers/:customer"
    yield Route("GET", f"{one}/totals", totals.read_customer_totals)
    yield Route("GET", f"{one}/invoices", totals.read_customer_invoices)
    yield Route("GET", f"{one}/invoices/drafts", drafts.list_drafts_of_customer)
    yield Route("GET", f"{one}/invoices/booked", booked.list_booked_of_customer)
    yield Route("GET", "/employees/:employee/invoices/drafts", drafts.list_drafts_of_employee)
    yield Route("GET", "/employees/:employee/invoices/booked", booked.list_booked_of_employee)
    yield Route("GET", "/products/:product/invoices", totals.read_product_invoices)
    yield Route("GET", "/products/:product/invoices/drafts", drafts.list_drafts_of_product)
    yield Route("GET", "/products/:product/invoices/booked", booked.list_booked_of_product)
