"""Files that are no workbook, or none that may be read: each with the code it must get."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.workbook.parts import DECLARATION, HEADER, Book, customers, header_row, sheet_xml, string

SHEET = "xl/worksheets/sheet1.xml"
GOOD = customers(f'<row r="2">{string("B2", "Bo")}<c r="C2" t="s"><v>0</v></c></row>', strings=["<t>Odense</t>"])
DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def no_file(folder: Path) -> Path:
    return folder / "there is none.xlsx"


def a_folder(folder: Path) -> Path:
    (folder / "folder.xlsx").mkdir()
    return folder / "folder.xlsx"


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.xlsx")
    return folder / "pipe.xlsx"


def written(data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "file.xlsx"
        path.write_bytes(data)
        return path

    return write


def ole(*streams: str) -> bytes:
    """An OLE compound file with the names of these streams in its directory, as far as sniffing looks."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names + bytes(2048)


def book(made: Book) -> Callable[[Path], Path]:
    return lambda folder: made.save(folder / "file.xlsx")


def with_dtd(part: str) -> Callable[[Path], Path]:
    xml = str(GOOD.parts()[part])
    return book(GOOD.with_part(part, xml.replace("?>", "?>" + DOCTYPE, 1)))


def cut(end: int) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = GOOD.save(folder / "file.xlsx")
        path.write_bytes(path.read_bytes()[:end])
        return path

    return write


def wrong_checksum(folder: Path) -> Path:
    """One byte of the stored sheet differs from what its checksum was made of."""
    path = folder / "file.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in GOOD.parts().items():
            archive.writestr(name, data)
    data = path.read_bytes()
    path.write_bytes(data.replace(b">Bo<", b">Ib<", 1))
    return path


def encrypted_entries(folder: Path) -> Path:
    """A zip with a password: the flag is set in every header."""
    path = GOOD.save(folder / "file.xlsx")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + place)
            struct.pack_into("<H", data, at + place, flags | 1)
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))
    return path


def zip_bomb(folder: Path) -> Path:
    """Forty million bytes of nothing in forty thousand."""
    return book(GOOD.with_part(SHEET, sheet_xml(header_row() + " " * 40_000_000)))(folder)


def a_zip_of_other_things(folder: Path) -> Path:
    path = folder / "file.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    return path


def a_word_document(folder: Path) -> Path:
    return book(GOOD.with_part("xl/workbook.xml", f'{DECLARATION}<document xmlns="urn:word"/>'))(folder)


def unsafe(name: str) -> Callable[[Path], Path]:
    return book(GOOD.with_part(name, "x"))


def untrue(part: str, old: str, new: str) -> Callable[[Path], Path]:
    xml = str(GOOD.parts()[part])
    assert old in xml
    return book(GOOD.with_part(part, xml.replace(old, new)))


CSV = "Kundenr.;Navn\r\n1;Ærø Bådeværft\r\n"

FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no file": (no_file, "no_file"),
    "a folder": (a_folder, "is_a_folder"),
    "a pipe": (a_pipe, "not_a_file"),
    "an empty file": (written(b""), "empty_file"),
    "noise": (written(bytes(range(256)) * 40), "not_a_workbook"),
    "a web page": (written(b"<html><table><tr><td>Navn</td></tr></table></html>"), "not_a_workbook"),
    "a picture": (written(b"\x89PNG\r\n\x1a\n" + bytes(500)), "not_a_workbook"),
    "an encrypted workbook": (written(ole("Root Entry", "EncryptionInfo", "EncryptedPackage")), "encrypted_workbook"),
    "an OLE file of another kind": (written(ole("Root Entry", "WordDocument")), "not_a_workbook"),
    "a zip with a password": (encrypted_entries, "encrypted_workbook"),
    "a zip of other things": (a_zip_of_other_things, "not_a_workbook"),
    "a Word document": (a_word_document, "not_a_workbook"),
    "cut in its directory": (cut(-30), "damaged_workbook"),
    "cut in half": (cut(900), "damaged_workbook"),
    "cut to its first bytes": (cut(4), "damaged_workbook"),
    "a wrong checksum": (wrong_checksum, "damaged_workbook"),
    "a DTD in the sheet": (with_dtd(SHEET), "has_dtd"),
    "a DTD in the strings": (with_dtd("xl/sharedStrings.xml"), "has_dtd"),
    "a DTD in the workbook part": (with_dtd("xl/workbook.xml"), "has_dtd"),
    "a DTD in the styles": (with_dtd("xl/styles.xml"), "has_dtd"),
    "a zip bomb": (zip_bomb, "zip_bomb"),
    "a path outside": (unsafe("../../evil.xml"), "unsafe_path"),
    "a path from the root": (unsafe("/etc/evil.xml"), "unsafe_path"),
    "a path of a drive": (unsafe("C:\\evil.xml"), "unsafe_path"),
    "a sheet that is no XML": (untrue(SHEET, "</worksheet>", "</workshee>"), "damaged_workbook"),
    "a sheet that ends early": (untrue(SHEET, "</sheetData></worksheet>", ""), "damaged_workbook"),
    "a sheet that is not there": (book(GOOD.with_part(SHEET, None)), "damaged_workbook"),
    "a cell of an unknown type": (untrue(SHEET, 't="s"', 't="zz"'), "damaged_workbook"),
    "a string beyond the last": (untrue(SHEET, "<v>0</v>", "<v>17</v>"), "damaged_workbook"),
    "a string before the first": (untrue(SHEET, "<v>0</v>", "<v>-1</v>"), "damaged_workbook"),
    "an entity that is not defined": (untrue(SHEET, ">Bo<", ">&bo;<"), "damaged_workbook"),
    "an encoding that is none": (untrue(SHEET, 'encoding="UTF-8"', 'encoding="UT8"'), "damaged_workbook"),
    "a NUL in a text": (untrue(SHEET, ">Bo<", ">B\0o<"), "damaged_workbook"),
    "a column beyond the last": (untrue(SHEET, 'r="B2"', 'r="XFE2"'), "too_large"),
    "a row beyond the last": (untrue(SHEET, 'r="2"', 'r="1048577"'), "too_large"),
    "a text of two million characters": (untrue(SHEET, ">Bo<", f">{'æ' * 2_000_000}<"), "too_large"),
    "no sheet of ours": (book(Book({"Budget": sheet_xml(header_row())})), "no_known_sheet"),
    "no sheet at all": (untrue("xl/workbook.xml", "<sheet ", "<shet "), "no_known_sheet"),
}  # fmt: skip

DANISH_HEADER = ("Kundenr.", "Navn", "By", "Kreditmaksimum", "Egen reference")
MERGED = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
WIDE = "".join(
    string(f"{letters}1", f"Felt {letters}")
    for letters in [a + b for a in "ABCDEFGH" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
)
REQUIRED = ("Name", "Customer group", "Currency", "Payment terms", "VAT zone")
ROW = string("A2", "Bo") + "".join(f'<c r="{letter}2"><v>1</v></c>' for letter in "BDE") + string("C2", "DKK")


def sheet(rows: str, after: str = "") -> Callable[[Path], Path]:
    return book(Book({"Customers": sheet_xml(rows, after=after)}))


SHEETS: dict[str, tuple[Callable[[Path], Path], str, str | None, int]] = {
    "an empty sheet": (sheet(""), "no_header", None, 1),
    "two header candidates": (sheet(header_row(1) + header_row(3, DANISH_HEADER)), "two_header_rows", None, 1),
    "a merged header": (sheet(header_row(1, HEADER) + f'<row r="2">{ROW}</row>', MERGED), "merged_header", "A1", 1),
    "a formula without a result": (
        sheet(header_row(1, REQUIRED) + f'<row r="2">{ROW.replace("<v>1</v>", "<f>1+0</f>", 1)}</row>'), "uncalculated_formula", "B2", 1),
    "an error cell": (
        sheet(header_row(1, REQUIRED) + f'<row r="2">{ROW.replace(string("C2", "DKK"), "")}<c r="C2" t="e"><v>#N/A</v></c></row>'),
        "error_cell", "C2", 1),
    "two hundred columns": (
        sheet(f'<row r="1">{"".join(string(f"{letter}1", text) for letter, text in zip("ABCDE", REQUIRED, strict=True))}{WIDE}</row>'
              f'<row r="2">{ROW}</row>'), "unknown_column", "AA1", 0),
}  # fmt: skip
"""Workbooks that are read, with what is told of them: the code, the cell, and the exit code of the check."""
