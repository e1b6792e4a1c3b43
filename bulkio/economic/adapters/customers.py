"""Customers, as the classic host writes and reads them."""

from __future__ import annotations

from bulkio.economic.adapters.adapter import Adapter
from bulkio.model.kind import Kind

CUSTOMERS = Adapter(
    kind=Kind.CUSTOMERS,
    collection="customers",
    number="customerNumber",
    read_only=frozenset(
        {
            "balance",
            "contacts",
            "deliveryLocations",
            "dueAmount",
            "invoices",
            "lastUpdated",
            "templates",
            "totals",
        }
    ),
    references={
        "attention": "customerContactNumber",
        "customerContact": "customerContactNumber",
        "customerGroup": "customerGroupNumber",
        "defaultDeliveryLocation": "deliveryLocationNumber",
        "layout": "layoutNumber",
        "paymentTerms": "paymentTermsNumber",
        "salesPerson": "employeeNumber",
        "vatZone": "vatZoneNumber",
    },
    newer={
        "access": "barred",
        "address1": "address",
        "address2": "address",
        "creditmaximum": "credit_limit",
        "cvrno": "cvr_number",
        "defaultattention": "attention",
        "defaulttheirref": "their_reference",
        "eanlocationnumber": "ean_number",
        "homepage": "website",
        "layoutgroup": "layout",
        "ourref": "sales_person",
        "paymenttermid": "payment_terms",
        "phone": "phone",
        "pnr": "p_number",
        "postcode": "postal_code",
        "vatno": "vat_number",
        "vouchernumber": "public_entry_number",
        "zone": "vat_zone",
    },
    codes={
        "CustomerAlreadyExists": "customer_number",
        "CustomerBarredPaymentTerm": "payment_terms",
        "CustomerInvalidCustomerNumber": "customer_number",
        "CustomerInvalidDefaultAttention": "attention",
        "CustomerInvalidDefaultTheirRef": "their_reference",
        "CustomerInvalidEAN": "ean_number",
        "CustomerInvalidEANThirteenDigits": "ean_number",
        "CustomerInvalidEmail": "email",
        "CustomerInvalidGroupId": "customer_group",
        "CustomerInvalidName": "name",
        "CustomerInvalidPNumber": "p_number",
        "CustomerInvalidPaymentTerm": "payment_terms",
        "CustomerInvalidVatZone": "vat_zone",
        "CustomerInvalidVoucher": "public_entry_number",
        "CustomerMissingName": "name",
        "CustomerannotChangeNumber": "customer_number",  # e-conomic's own spelling
        "E06010": "customer_number",
    },
)
