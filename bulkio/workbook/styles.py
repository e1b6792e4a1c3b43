"""How our own sheets look: one palette, few colours, each with a meaning that the guide tells."""

from __future__ import annotations

from enum import StrEnum

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import Field, Type

INK = "1F2A37"
NAVY = "1F3A5F"
MIST = "DCE6F1"
SAND = "F3E6CC"
FOG = "ECECEC"
AMBER = "FFF0C2"
ROSE = "FBDCDC"
FAINT = "6B7280"
RULE = "B8C4D3"

A4 = 9
PAGE_WIDTH = 190
"""Characters across a landscape page at the smallest size that reads well."""
HEADER_HEIGHT = 33.0
"""Points; two lines."""

TEXT_FORMAT = "@"
WHOLE_FORMAT = "0"
AMOUNT_FORMAT = "#,##0.00"
DATE_FORMATS = {"en": "yyyy-mm-dd", "da": "dd-mm-yyyy"}
TEXT_FONT = "Calibri"
CODE_FONT = "Consolas"


class Role(StrEnum):
    """What a column asks of the person who fills it in; each has a colour of its own."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    SET_LAST = "set_last"
    """Said about a customer once its contacts and locations exist."""
    WRITTEN = "written"
    """Filled in by exports and results."""


def role_of(field: Field) -> Role:
    """The role of a column; being required outranks the rest."""
    if field.required:
        return Role.REQUIRED
    if field.type in {Type.KEY, Type.SHOWN}:
        return Role.WRITTEN
    return Role.SET_LAST if field.second_pass else Role.OPTIONAL


FILLS = {Role.REQUIRED: NAVY, Role.OPTIONAL: MIST, Role.SET_LAST: SAND, Role.WRITTEN: FOG}
INKS = {Role.REQUIRED: "FFFFFF", Role.OPTIONAL: INK, Role.SET_LAST: INK, Role.WRITTEN: FAINT}


def fill(colour: str) -> PatternFill:
    """A solid fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def font(name: str = TEXT_FONT, size: int = 11, color: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    """A font with its name said: a nameless one is drawn in whatever the reader falls back to."""
    return Font(name=name, size=size, bold=bold, italic=italic, color=color)


def header_font(role: Role) -> Font:
    """Bold, and slanted where the person writes nothing."""
    return font(color=INKS[role], bold=True, italic=role is Role.WRITTEN)


def header_fill(role: Role) -> PatternFill:
    """The role's colour."""
    return fill(FILLS[role])


HEADER_ALIGNMENT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
INDENTED = Alignment(horizontal="left", vertical="center", indent=1)
TEXT_ALIGNMENT = Alignment(horizontal="left", vertical="top", indent=1)
FOLDED = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
AMOUNT_ALIGNMENT = Alignment(horizontal="right", vertical="top")
AMOUNT_HEADER_ALIGNMENT = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=2)
"""Right like its amounts, clear of the filter's button."""
HEADER_BORDER = Border(right=Side("thin", color="FFFFFF"), bottom=Side("medium", color=NAVY))
RULED = Border(bottom=Side("thin", color=RULE))
TOTAL_BORDER = Border(top=Side("thin", color=NAVY), bottom=Side("double", color=NAVY))
WRAPPED = Alignment(vertical="top", wrap_text=True)


def header_width(header: str, width: int) -> int:
    """The column's width in characters: at least its longest word, an asterisk and the filter's button."""
    return max(width, max(map(len, header.split())) + 6)


def pages_wide(sheet: Worksheet) -> int:
    """How many pages beside one another keep the print readable."""
    return max(1, round(sum(column.width for column in sheet.column_dimensions.values()) / PAGE_WIDTH))


def set_page(sheet: Worksheet, pages: int) -> None:
    """A4 landscape, so many pages wide, with the sheet's name and the page below."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75)
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N"))
