"""`…/pdf` of an invoice: one page with its figures (invention `pdf`)."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.records import found
from bulkio.sandbox.shelves import Body

_MEDIA = "application/pdf"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\n": " ", "\r": " "})


def read_draft_pdf(room: Room, number: str) -> Answer:
    """`GET /invoices/drafts/:n/pdf`."""
    invoice = found(room, shelves.DRAFTS, number)
    return _page([f"Kladde {invoice['draftInvoiceNumber']}", *_lines(invoice)])


def read_booked_pdf(room: Room, number: str) -> Answer:
    """`GET /invoices/booked/:n/pdf`."""
    invoice = found(room, shelves.BOOKED, number)
    return _page([f"Faktura {invoice['bookedInvoiceNumber']}", *_lines(invoice)])


def _lines(invoice: Body) -> list[str]:
    items = [f"{line.get('description', '')}  {line.get('totalNetAmount', '')}" for line in invoice["lines"]]
    amount = f"{invoice['currency']} {invoice['grossAmount']:.2f}"
    return [invoice["recipient"]["name"], invoice["date"], *items[:40], f"I alt {amount}"]


def _page(lines: list[str]) -> Answer:
    shown = "".join(f"({line.translate(_ESCAPED)}) Tj T* " for line in lines)
    text = f"BT /F 11 Tf 14 TL 60 780 Td {shown}ET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F %s >> >> >>"
        % _FONT,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    return Answer(200, _file(objects), (), _MEDIA)


def _file(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return content + tail % (count, table, count, len(content))
