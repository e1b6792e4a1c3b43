"""The page's words, English as they stand, Danish from here."""

from __future__ import annotations

DANISH: dict[str, str] = {
    "Practice agreement": "Øveaftale",
    "Nothing on this page has reached e-conomic. It is what would have been written.": "Intet på denne side er nået frem til e-conomic. Det er, hvad der ville være blevet skrevet.",
    "Agreement no. {number}": "Aftalenr. {number}",
    "Customers": "Kunder",
    "Customer groups": "Kundegrupper",
    "Contacts": "Kontaktpersoner",
    "Delivery locations": "Leveringssteder",
    "Draft invoices": "Kladdefakturaer",
    "Booked invoices": "Bogførte fakturaer",
    "Customer group": "Kundegruppe",
    "Contact": "Kontaktperson",
    "Delivery location": "Leveringssted",
    "Draft invoice": "Kladdefaktura",
    "Booked invoice": "Bogført faktura",
    "yes": "ja",
    "no": "nej",
    "Requests": "Kald",
    "No.": "Nr.",
    "Name": "Navn",
    "Group": "Gruppe",
    "CVR": "CVR",
    "City": "By",
    "Email": "E-mail",
    "Phone": "Telefon",
    "Customer": "Kunde",
    "Address": "Adresse",
    "Postcode": "Postnr.",
    "Account": "Konto",
    "Date": "Dato",
    "Due": "Forfald",
    "Amount": "Beløb",
    "Left to pay": "Restbeløb",
    "Currency": "Valuta",
    "Status": "Status",
    "barred": "spærret",
    "deleted": "slettet",
    "Time": "Tidspunkt",
    "Request": "Kald",
    "Answer": "Svar",
    "Trouble": "Fejl",
    "Took": "Varighed",
    "Sent": "Sendt",
    "Answered": "Svaret",
    "nothing": "intet",
    "no answer": "intet svar",
    "Cut short here; the rest is not kept.": "Afkortet her; resten gemmes ikke.",
    "Search": "Søg",
    "Search names": "Søg i navne",
    "Previous": "Forrige",
    "Next": "Næste",
    "{first}–{last} of {total}": "{first}–{last} af {total}",
    "Nothing here yet.": "Her er intet endnu.",
    "Nothing is found.": "Intet er fundet.",
    "The record as the server keeps it": "Posten, som serveren gemmer den",
    "Only the newer host's": "Kun den nyere tjenestes",
    "Show new requests as they come": "Vis nye kald, efterhånden som de kommer",
    "Stop following": "Stop med at følge",
    "{count} since the start; the last {kept} are kept.": "{count} siden start; de seneste {kept} gemmes.",
    "This is not the page's address": "Dette er ikke sidens adresse",
    "Open the address that bulkio sandbox printed when it started; it holds the key to this page.": "Åbn adressen, som bulkio sandbox skrev ved start; den indeholder nøglen til siden.",
    "There is no such record": "Der er ingen sådan post",
    "Skip to content": "Gå til indhold",
    "Sections": "Afsnit",
}


class Words:
    """Speaks one language."""

    def __init__(self, language: str) -> None:
        """`en` or `da`."""
        self.language = language

    def __call__(self, text: str, **facts: object) -> str:
        """The text in that language, filled in."""
        return (DANISH[text] if self.language == "da" else text).format(**facts)

    def number(self, value: int) -> str:
        """A count with separators as the language writes them."""
        return self._separated(f"{value:,}")

    def amount(self, value: float) -> str:
        """An amount of money, in two decimals."""
        return self._separated(f"{value:,.2f}")

    def _separated(self, written: str) -> str:
        return written if self.language == "en" else written.translate(str.maketrans(",.", ".,"))
