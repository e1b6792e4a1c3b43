"""Makes a customers workbook as Excel would save it: shared strings, styles, spans, a filter; one row in a hundred is faulty."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from bulkio.entities import ENTITIES
from bulkio.model.kind import Kind

COLUMNS = [
    field
    for field in ENTITIES[Kind.CUSTOMERS].fields
    if field.name not in {"attention", "their_reference", "default_delivery_location"}
]
TOWNS = [
    ("0900", "København C"),
    ("2100", "København Ø"),
    ("5000", "Odense C"),
    ("8000", "Aarhus C"),
    ("9000", "Aalborg"),
]
TERMS = ["Netto 8 dage", "Netto 14 dage", "Netto 30 dage", 1, 2, 3]

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Value = str | int | float | None


def customer(number: int, chance: random.Random) -> dict[str, Value]:
    """One customer's cells by field name; every hundredth has a fault."""
    zip_code, city = chance.choice(TOWNS)
    values: dict[str, Value] = {
        "customer_number": 100_000 + number,
        "own_reference": f"K{number}",
        "name": f"Firma {number} & Søn A/S",
        "customer_group": chance.choice([1, 2, "Indenlandske kunder"]),
        "currency": chance.choice(["DKK", "EUR", "SEK"]),
        "payment_terms": chance.choice(TERMS),
        "vat_zone": chance.choice([1, 2, 3]),
        "address": f"Ågade {chance.randrange(1, 400)}",
        "postal_code": zip_code if chance.random() < 0.8 else int(zip_code),
        "city": city,
        "country": "Danmark",
        "email": f"post{number}@firma{number}.example",
        "phone": f"+45 {chance.randrange(10_000_000, 99_999_999)}",
        "mobile_phone": None if chance.random() < 0.5 else f"+45{chance.randrange(10_000_000, 99_999_999)}",
        "credit_limit": chance.choice([None, 5000, 12500.5, 250000.25]),
        "barred": chance.choice([None, None, None, "ja"]),
        "sales_person": chance.choice([None, 1, "Mette Holm"]),
        "layout": chance.choice([None, 19, 21]),
    }
    if number % 100 == 0:
        values[chance.choice(["name", "currency", "vat_zone"])] = None
    return values


def write(path: Path, rows: int, seed: int = 20261122) -> None:
    """Write the workbook: one sheet, a header, and so many customers."""
    chance = random.Random(seed)
    shared: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr(
            "_rels/.rels",
            RELATIONS.format(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            '<sheets><sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        parts = (
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        )
        relations = "".join(
            f'<Relationship Id="rId{index}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for index, (kind, target) in enumerate(parts, 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(relations))
        archive.writestr("xl/styles.xml", STYLES)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            _write_sheet(sheet, rows, chance, shared)
        strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        archive.writestr(
            "xl/sharedStrings.xml",
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="{MAIN}" uniqueCount="{len(shared)}">{strings}</sst>',
        )


def _write_sheet(sheet, rows: int, chance: random.Random, shared: dict[str, int]) -> None:  # type: ignore[no-untyped-def]  # a zip entry's stream has no public type
    last = f"{_letter(len(COLUMNS) - 1)}{rows + 1}"
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}"><dimension ref="A1:{last}"/><sheetData>'
    sheet.write(head.encode())
    sheet.write(_row(1, {field.name: field.header_en for field in COLUMNS}, shared).encode())
    for number in range(1, rows + 1):
        sheet.write(_row(number + 1, customer(number, chance), shared).encode())
    sheet.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())


def _row(row: int, values: dict[str, Value], shared: dict[str, int]) -> str:
    cells = (
        _cell(f"{_letter(index)}{row}", field.name, values.get(field.name), shared)
        for index, field in enumerate(COLUMNS)
    )
    return f'<row r="{row}" spans="1:{len(COLUMNS)}">{"".join(cells)}</row>'


def _cell(address: str, field: str, value: Value, shared: dict[str, int]) -> str:
    if value is None:
        return f'<c r="{address}" s="0"/>'
    if isinstance(value, str):
        return f'<c r="{address}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    style = {"postal_code": 1, "credit_limit": 2}.get(field, 0)
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def _letter(index: int) -> str:
    return chr(65 + index) if index < 26 else f"A{chr(65 + index - 26)}"
