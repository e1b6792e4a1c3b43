"""Contacts: written below their customer on the classic host, listed all at once on the newer one."""

from __future__ import annotations

from bulkio.economic.adapters.adapter import Adapter
from bulkio.model.kind import Kind

CONTACTS = Adapter(
    kind=Kind.CONTACTS,
    collection="contacts",
    number="customerContactNumber",
    below_customer=True,
    number_in_replace=True,
    unsent=frozenset({"contact_number"}),
    read_only=frozenset({"deleted", "sortKey"}),
    references={"customer": "customerNumber"},
    newer={
        "customernumber": "customer",
        "number": "contact_id",
        "receiveinvoices": "email_copies",
        "receiveorders": "email_copies",
        "receivequotes": "email_copies",
        "receivereminders": "email_copies",
        "userinterfacenumber": "contact_number",
    },
    codes={
        "CustomerContactNameAlreadyExists": "name",
        "CustomerContactNameNullOrEmpty": "name",
        "CustomerDoesNotExist": "customer",
        "CustomerNumberMismatch": "customer",
        "E06820": "customer",
    },
)

_COPIES = {
    "receiveInvoices": "invoices",
    "receiveOrders": "orders",
    "receiveQuotes": "quotations",
    "receiveReminders": "reminders",
}
_SAME = ("name", "email", "phone", "eInvoiceId", "notes")


def classic_contact(record: dict[str, object]) -> dict[str, object]:
    """A contact of the newer host in the classic host's shape. `receiveEInvoices` and `receiveStatementOfAccounts`
    have no classic counterpart and are left out.
    """
    classic: dict[str, object] = {
        "customerContactNumber": record.get("number"),
        "customer": {"customerNumber": record.get("customerNumber")},
        "sortKey": record.get("userInterfaceNumber"),
        **{name: record.get(name) for name in _SAME},
        "emailNotifications": [word for flag, word in _COPIES.items() if record.get(flag) is True] or None,
    }
    return {name: value for name, value in classic.items() if value is not None}
