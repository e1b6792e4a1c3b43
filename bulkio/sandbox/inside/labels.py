"""What the properties of records are called in words; a property without a word keeps its own name."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "customerNumber": ("Customer no.", "Kundenr."),
    "customer.customerNumber": ("Customer no.", "Kundenr."),
    "customerContactNumber": ("Contact no. (unique)", "Kontaktnr. (entydigt)"),
    "deliveryLocationNumber": ("Location no. (unique)", "Leveringsstednr. (entydigt)"),
    "customerGroupNumber": ("Group no.", "Gruppenr."),
    "sortKey": ("No. within the customer", "Nr. hos kunden"),
    "name": ("Name", "Navn"),
    "currency": ("Currency", "Valuta"),
    "address": ("Address", "Adresse"),
    "zip": ("Postcode", "Postnr."),
    "postalCode": ("Postcode", "Postnr."),
    "city": ("City", "By"),
    "country": ("Country", "Land"),
    "email": ("Email", "E-mail"),
    "phone": ("Phone", "Telefon"),
    "telephoneAndFaxNumber": ("Phone", "Telefon"),
    "mobilePhone": ("Mobile", "Mobil"),
    "website": ("Website", "Hjemmeside"),
    "corporateIdentificationNumber": ("CVR no.", "CVR-nr."),
    "pNumber": ("P no.", "P-nr."),
    "ean": ("EAN", "EAN"),
    "vatNumber": ("VAT no.", "Momsnr."),
    "publicEntryNumber": ("Public entry no.", "Offentligt bilagsnr."),
    "creditLimit": ("Credit limit", "Kreditmaksimum"),
    "barred": ("Barred", "Spærret"),
    "deleted": ("Deleted", "Slettet"),
    "eInvoicingDisabledByDefault": ("E-invoices switched off", "E-faktura slået fra"),
    "customerGroup.customerGroupNumber": ("Customer group", "Kundegruppe"),
    "vatZone.vatZoneNumber": ("VAT zone", "Momszone"),
    "paymentTerms.paymentTermsNumber": ("Payment terms", "Betalingsbetingelse"),
    "layout.layoutNumber": ("Layout", "Layout"),
    "salesPerson.employeeNumber": ("Our reference", "Vores reference"),
    "attention.customerContactNumber": ("Attention", "Attention"),
    "customerContact.customerContactNumber": ("Their reference", "Deres reference"),
    "defaultDeliveryLocation.deliveryLocationNumber": ("Default delivery location", "Standardleveringssted"),
    "priceGroup.priceGroupNumber": ("Price group", "Prisgruppe"),
    "account.accountNumber": ("Account", "Konto"),
    "lastUpdated": ("Last changed", "Sidst ændret"),
    "notes": ("Notes", "Bemærkninger"),
    "eInvoiceId": ("Id on e-invoices", "Id på e-fakturaer"),
    "emailNotifications": ("Receives by email", "Modtager på e-mail"),
    "termsOfDelivery": ("Terms of delivery", "Leveringsbetingelser"),
    "draftInvoiceNumber": ("Draft no.", "Kladdenr."),
    "bookedInvoiceNumber": ("Invoice no.", "Fakturanr."),
    "orderNumber": ("Order no.", "Ordrenr."),
    "date": ("Date", "Dato"),
    "dueDate": ("Due", "Forfald"),
    "exchangeRate": ("Exchange rate", "Kurs"),
    "netAmount": ("Net", "Netto"),
    "grossAmount": ("Gross", "Brutto"),
    "vatAmount": ("VAT", "Moms"),
    "roundingAmount": ("Rounding", "Afrunding"),
    "remainder": ("Left to pay", "Restbeløb"),
    "recipient.name": ("Recipient", "Modtager"),
    "recipient.vatZone.vatZoneNumber": ("VAT zone", "Momszone"),
}


_PLACES = {path: place for place, path in enumerate(LABELS)}


def place_of(path: str) -> int:
    """Where a property stands in a record: those with a word first, in the order above."""
    return _PLACES.get(path, len(_PLACES))


def labelled(path: str, language: str) -> str:
    """The word for a property, by its path in the record."""
    english, danish = LABELS.get(path, (path, path))
    return danish if language == "da" else english
