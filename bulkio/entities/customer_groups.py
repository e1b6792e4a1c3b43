"""Customer groups: every customer is in one; the group decides the account its debt is booked on."""

from __future__ import annotations

from bulkio.entities.entity import Entity, Field, Type
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Lookup

CUSTOMER_GROUPS = Entity(
    kind=Kind.CUSTOMER_GROUPS,
    sheet_en="Customer groups",
    sheet_da="Kundegrupper",
    key="group_number",
    fields=(
        Field(
            name="group_number",
            header_en="Group number",
            header_da="Gruppenr.",
            api="customerGroupNumber",
            type=Type.INTEGER,
            required=True,
            minimum=1,
            unique=True,
            guidance_en="A whole number of your own choice; it names the group.",
            guidance_da="Et helt tal efter eget valg; det er gruppens nummer.",
            example="10",
            width=14,
        ),
        Field(
            name="name",
            header_en="Name",
            header_da="Navn",
            api="name",
            type=Type.TEXT,
            required=True,
            max_length=50,
            guidance_en="The group's name.",
            guidance_da="Gruppens navn.",
            example="Detail",
            width=30,
        ),
        Field(
            name="account",
            header_en="Account number",
            header_da="Kontonr.",
            api="account.accountNumber",
            type=Type.INTEGER,
            required=True,
            minimum=1,
            lookup=Lookup.ACCOUNT,
            guidance_en="The debtor account, a profit-and-loss or balance sheet account that is not barred.",
            guidance_da="Samlekontoen: en drifts- eller statuskonto, som ikke er spærret.",
            width=18,
        ),
        Field(
            name="layout",
            header_en="Layout number",
            header_da="Layoutnr.",
            api="layout.layoutNumber",
            type=Type.INTEGER,
            lookup=Lookup.LAYOUT,
            guidance_en="The group's invoice layout, by number or name.",
            guidance_da="Gruppens fakturalayout, nummer eller navn.",
            width=18,
        ),
    ),
)
