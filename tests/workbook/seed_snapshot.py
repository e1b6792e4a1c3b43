"""The look-ups of a fresh practice agreement, with the facts of `reference/seed-agreement.json`, at a fixed time."""

from __future__ import annotations

from bulkio.model.snapshot import Choice, Lookup, Snapshot

SEED = Snapshot(
    agreement_number=1234567,
    company="Nordlys Handel ApS (øvelse)",
    base_currency="DKK",
    taken_at="2026-01-01T00:00:00Z",
    choices={
        Lookup.CUSTOMER_GROUP: (Choice(1, "Indenlandske kunder"), Choice(2, "Udenlandske kunder")),
        Lookup.CURRENCY: (
            Choice("DKK", "Danske kroner"),
            Choice("EUR", "Euro"),
            Choice("SEK", "Svenske kroner"),
            Choice("NOK", "Norske kroner"),
            Choice("GBP", "Britiske pund"),
            Choice("USD", "Amerikanske dollar"),
        ),
        Lookup.PAYMENT_TERMS: (
            Choice(1, "Netto 8 dage"),
            Choice(2, "Netto 14 dage"),
            Choice(3, "Netto 30 dage"),
            Choice(4, "Løbende måned 30 dage"),
            Choice(5, "Kontant"),
        ),
        Lookup.VAT_ZONE: (
            Choice(1, "Domestic"),
            Choice(2, "EU"),
            Choice(3, "Abroad"),
            Choice(4, "Domestic exempt VAT"),
            Choice(9, "Suppliers only", barred=True),
        ),
        Lookup.EMPLOYEE: (
            Choice(1, "Mette Holm"),
            Choice(2, "Søren Ågård"),
            Choice(3, "Fratrådt medarbejder", barred=True),
        ),
        Lookup.LAYOUT: (
            Choice(19, "Dansk std. m. bankoplysninger"),
            Choice(21, "Engelsk std."),
            Choice(22, "Udgået layout", barred=True),
        ),
        Lookup.ACCOUNT: (
            Choice(1000, "RESULTATOPGØRELSE", detail="heading"),
            Choice(1010, "Salg af varer/ydelser m/moms", detail="profitAndLoss"),
            Choice(1050, "Salg af varer udland, EU", detail="profitAndLoss"),
            Choice(1090, "Omsætning i alt", detail="totalFrom"),
            Choice(5600, "Debitorer", detail="status"),
            Choice(5610, "Debitorer, udland", detail="status"),
            Choice(5690, "Gamle debitorer", barred=True, detail="status"),
        ),
    },
)
