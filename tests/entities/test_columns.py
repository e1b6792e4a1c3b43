"""The entities are the columns of the contract: `../shared/reference/columns.csv`, and a copy of its facts here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from stdnum import ean
from stdnum.dk import cvr

from bulkio.entities import ENTITIES, Entity, Field, Type
from bulkio.model.kind import Kind

CONTRACT = Path(__file__).parents[2] / "../shared/reference/columns.csv"

FACTS = """
Customer groups|Kundegrupper|Group number|Gruppenr.|customerGroupNumber|integer|yes
Customer groups|Kundegrupper|Name|Navn|name|text|yes
Customer groups|Kundegrupper|Account number|Kontonr.|account.accountNumber|integer|yes
Customer groups|Kundegrupper|Layout number|Layoutnr.|layout.layoutNumber|integer|no
Customers|Kunder|Customer number|Kundenr.|customerNumber|integer|no
Customers|Kunder|Own reference|Egen reference||text|no
Customers|Kunder|Name|Navn|name|text|yes
Customers|Kunder|Customer group|Kundegruppe|customerGroup.customerGroupNumber|integer|yes
Customers|Kunder|Currency|Valuta|currency|text|yes
Customers|Kunder|Payment terms|Betalingsbetingelse|paymentTerms.paymentTermsNumber|integer|yes
Customers|Kunder|VAT zone|Momszone|vatZone.vatZoneNumber|integer|yes
Customers|Kunder|Address|Adresse|address|text|no
Customers|Kunder|Postal code|Postnr.|zip|text|no
Customers|Kunder|City|By|city|text|no
Customers|Kunder|Country|Land|country|text|no
Customers|Kunder|Email|E-mail|email|text|no
Customers|Kunder|Phone|Telefon|telephoneAndFaxNumber|text|no
Customers|Kunder|Mobile phone|Mobil|mobilePhone|text|no
Customers|Kunder|CVR number|CVR-nr.|corporateIdentificationNumber|text|no
Customers|Kunder|P number|P-nr.|pNumber|text|no
Customers|Kunder|EAN number|EAN-nr.|ean|text|no
Customers|Kunder|VAT number|Momsnr.|vatNumber|text|no
Customers|Kunder|Public entry number|Offentligt kontonr.|publicEntryNumber|text|no
Customers|Kunder|Website|Hjemmeside|website|text|no
Customers|Kunder|Credit limit|Kreditmaksimum|creditLimit|decimal|no
Customers|Kunder|Barred|Spærret|barred|boolean|no
Customers|Kunder|Sales person|Sælger|salesPerson.employeeNumber|integer|no
Customers|Kunder|Layout number|Layoutnr.|layout.layoutNumber|integer|no
Customers|Kunder|Attention|Att.|attention.customerContactNumber|reference|no
Customers|Kunder|Their reference|Deres ref.|customerContact.customerContactNumber|reference|no
Customers|Kunder|Default delivery location|Standard leveringssted|defaultDeliveryLocation.deliveryLocationNumber|reference|no
Contacts|Kontaktpersoner|Customer|Kunde|customer.customerNumber|integer|yes
Contacts|Kontaktpersoner|Contact id|Kontakt-id|customerContactNumber|key|no
Contacts|Kontaktpersoner|Contact number|Kontaktnr.|sortKey|shown|no
Contacts|Kontaktpersoner|Name|Navn|name|text|yes
Contacts|Kontaktpersoner|Email|E-mail|email|text|no
Contacts|Kontaktpersoner|Phone|Telefon|phone|text|no
Contacts|Kontaktpersoner|E-invoice id|E-faktura-id|eInvoiceId|text|no
Contacts|Kontaktpersoner|Notes|Noter|notes|text|no
Contacts|Kontaktpersoner|Email copies|E-mail-kopi|emailNotifications|list|no
Delivery locations|Leveringssteder|Customer|Kunde|customer.customerNumber|integer|yes
Delivery locations|Leveringssteder|Location id|Leveringssteds-id|deliveryLocationNumber|key|no
Delivery locations|Leveringssteder|Location number|Leveringsstednr.|sortKey|integer|no
Delivery locations|Leveringssteder|Address|Adresse|address|text|no
Delivery locations|Leveringssteder|Postal code|Postnr.|postalCode|text|no
Delivery locations|Leveringssteder|City|By|city|text|no
Delivery locations|Leveringssteder|Country|Land|country|text|no
Delivery locations|Leveringssteder|Terms of delivery|Leveringsbetingelser|termsOfDelivery|text|no
Delivery locations|Leveringssteder|Barred|Spærret|barred|boolean|no
""".strip().splitlines()

LIMITED = frozenset({Type.TEXT})
"""Types whose columns have a length in the API."""


def every_field() -> list[tuple[Entity, Field]]:
    return [(entity, field) for entity in ENTITIES.values() for field in entity.fields]


def shape(entity: Entity, field: Field) -> tuple[str, ...]:
    required = "yes" if field.required else "no"
    return entity.sheet_en, entity.sheet_da, field.header_en, field.header_da, field.api, str(field.type), required


def limit(field: Field) -> str:
    """The field's limit, spelled as the contract spells it."""
    if field.decimals is not None:
        return f"{field.decimals} decimals"
    if field.maximum is not None:
        return f"{field.minimum}..{field.maximum}"
    if field.minimum is not None:
        return f">={field.minimum}"
    if field.exact_length is not None and field.lookup is None:
        return f"={field.exact_length}"
    return str(field.exact_length or field.max_length or "")


def contract() -> list[dict[str, str]]:
    if not CONTRACT.is_file():
        pytest.skip("the shared contract columns.csv is not beside this checkout")
    with CONTRACT.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_columns_are_the_contract() -> None:
    written = [tuple(row.values())[:7] for row in contract()]

    assert [shape(entity, field) for entity, field in every_field()] == written


def test_the_limits_are_the_contract() -> None:
    written = [row["limit"] for row in contract()]

    assert [limit(field) if field.type != Type.KEY else "" for _, field in every_field()] == written


def test_the_columns_are_the_facts_kept_here() -> None:
    assert ["|".join(shape(entity, field)) for entity, field in every_field()] == FACTS


def test_every_text_has_a_length() -> None:
    texts = [field for _, field in every_field() if field.type in LIMITED]

    assert all(field.max_length or field.exact_length for field in texts)


@pytest.mark.parametrize("language", ["en", "da"])
def test_headers_are_unique_within_their_sheet(language: str) -> None:
    for entity in ENTITIES.values():
        headers = [field.header(language).casefold() for field in entity.fields]

        assert len(set(headers)) == len(headers)


def test_every_column_says_what_belongs_there_in_both_languages() -> None:
    for _, field in every_field():
        assert field.guidance_en.endswith(".")
        assert field.guidance_da.endswith(".")
        assert field.guidance_en != field.guidance_da


def test_keys_and_natural_keys_are_fields() -> None:
    for entity in ENTITIES.values():
        names = {field.name for field in entity.fields}

        assert {entity.key, *entity.natural_key} <= names
        assert len(names) == len(entity.fields)


def test_columns_where_a_spreadsheet_eats_zeros_are_text() -> None:
    eaten = {
        "own_reference",
        "postal_code",
        "phone",
        "mobile_phone",
        "cvr_number",
        "p_number",
        "ean_number",
        "vat_number",
    }
    fields = [field for _, field in every_field() if field.name in eaten]

    assert all(field.as_text for field in fields)


def test_examples_keep_the_limits_they_illustrate() -> None:
    for _, field in every_field():
        assert len(field.example) <= (field.max_length or field.exact_length or 255)
        if field.exact_length and field.example:
            assert len(field.example) == field.exact_length


def test_the_examples_with_check_digits_are_right() -> None:
    customers = ENTITIES[Kind.CUSTOMERS]

    assert ean.is_valid(customers.field("ean_number").example)
    assert cvr.is_valid(customers.field("cvr_number").example)
