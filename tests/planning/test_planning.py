from __future__ import annotations

import pytest

from bulkio.economic import to_values
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.outcome import Status
from bulkio.model.plan import Action, Plan, Step
from bulkio.planning import Existing, plan
from tests.planning.building import (
    AGREEMENT,
    GROUP,
    Values,
    checked,
    customer,
    remote_contact,
    remote_customer,
    remote_location,
)


def planned(
    book: Checked, existing: Existing | None = None, known: dict[str, KnownRow] | None = None, start: int | None = None
) -> Plan:
    return plan(book, existing or Existing((GROUP,)), known or {}, to_values, AGREEMENT, start)


def steps(plan: Plan, kind: Kind) -> list[Step]:
    return list(plan.steps[kind])


def codes(step: Step) -> list[str]:
    return [issue.code for issue in step.issues]


def known(number: int, status: Status = Status.CREATED, owner: int | None = None) -> KnownRow:
    return KnownRow(number, owner, "", status)


def test_a_number_that_does_not_exist_is_created_under_that_number() -> None:
    (step,) = steps(planned(checked(customers=[customer(customer_number=1001)])), Kind.CUSTOMERS)

    assert (step.action, step.number, step.identity) == (Action.CREATE, 1001, "customers:number:1001")
    assert step.values["customer_number"] == 1001


def test_an_unchanged_customer_needs_nothing() -> None:
    existing = Existing((GROUP,), (remote_customer(1001, city="Aarhus", balance=12.5),))
    (step,) = steps(planned(checked(customers=[customer(customer_number=1001)]), existing), Kind.CUSTOMERS)

    assert (step.action, step.changes) == (Action.UNCHANGED, ())


def test_a_blank_cell_keeps_and_a_filled_one_changes() -> None:
    existing = Existing((GROUP,), (remote_customer(1001, city="Aarhus", zip="8000"),))
    book = checked(customers=[customer(customer_number=1001, city="Odense")])
    (step,) = steps(planned(book, existing), Kind.CUSTOMERS)

    assert (step.action, step.changes) == (Action.UPDATE, ("city",))
    assert step.remote == existing.customers[0]


@pytest.mark.parametrize(("sheet", "remote"), [("Vej 1\nLillerød", "Vej 1\r\nLillerød"), ("Vej 1", "Vej 1 ")])
def test_line_ends_and_outer_spaces_are_no_change(sheet: str, remote: str) -> None:
    existing = Existing((GROUP,), (remote_customer(1001, address=remote),))
    book = checked(customers=[customer(customer_number=1001, address=sheet)])

    assert steps(planned(book, existing), Kind.CUSTOMERS)[0].action is Action.UNCHANGED


def test_customers_without_a_number_get_the_next_above_all_in_use() -> None:
    existing = Existing((GROUP,), (remote_customer(70, name="X"),))
    rows = [customer(name="A"), customer(name="B", customer_number=90), customer(name="C")]
    result = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert [step.number for step in result] == [91, 90, 92]


def test_the_numbers_of_refused_rows_are_not_given_away() -> None:
    rows = [customer(name="A"), customer(name="B", customer_number=90)]
    book = checked(customers=rows, refused={Kind.CUSTOMERS: {3}})

    assert [step.number for step in steps(planned(book), Kind.CUSTOMERS)] == [91, None]


def test_allocation_wraps_below_the_highest_number() -> None:
    existing = Existing((GROUP,), (remote_customer(999_999_999, name="X"), remote_customer(1, name="Y")))
    rows = [customer(name="A"), customer(name="B")]

    assert [step.number for step in steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)] == [2, 3]


def test_allocation_starts_where_it_is_told() -> None:
    rows = [customer(name="A"), customer(name="B")]

    assert [one.number for one in steps(planned(checked(customers=rows), start=5000), Kind.CUSTOMERS)] == [5000, 5001]


def test_a_number_meant_for_a_row_in_doubt_is_kept_for_it() -> None:
    memory = {"customers:reference:A": known(500, Status.IN_DOUBT)}
    rows = [customer(name="B"), customer(name="A", own_reference="A")]

    result = steps(planned(checked(customers=rows), known=memory), Kind.CUSTOMERS)

    assert [(step.action, step.number) for step in result] == [(Action.CREATE, 501), (Action.CREATE, 500)]


def test_a_row_in_doubt_whose_number_holds_somebody_else_is_refused() -> None:
    existing = Existing((GROUP,), (remote_customer(500, name="Somebody else"),))
    memory = {"customers:reference:A": known(500, Status.IN_DOUBT)}
    (step,) = steps(
        planned(checked(customers=[customer(name="A", own_reference="A")]), existing, memory), Kind.CUSTOMERS
    )

    assert (step.action, codes(step)) == (Action.REFUSE, ["in_doubt_differs"])


def test_an_own_reference_finds_what_an_earlier_run_made() -> None:
    existing = Existing((GROUP,), (remote_customer(500, name="Old name"),))
    memory = {"customers:reference:A": known(500)}
    (step,) = steps(
        planned(checked(customers=[customer(name="New", own_reference="A")]), existing, memory), Kind.CUSTOMERS
    )

    assert (step.action, step.number, step.changes) == (Action.UPDATE, 500, ("name",))


def test_the_same_content_finds_what_an_earlier_run_made_wherever_it_stands() -> None:
    first = planned(checked(customers=[customer(name="A"), customer(name="A"), customer(name="B")]))
    memory = {step.identity: known(step.number or 0) for step in first.steps[Kind.CUSTOMERS]}
    existing = Existing(
        (GROUP,),
        tuple(remote_customer(step.number or 0, name=step.values["name"]) for step in first.steps[Kind.CUSTOMERS]),
    )
    again = planned(checked(customers=[customer(name="B"), customer(name="A"), customer(name="A")]), existing, memory)

    assert {step.action for step in again.steps[Kind.CUSTOMERS]} == {Action.UNCHANGED}
    assert sorted(step.number or 0 for step in again.steps[Kind.CUSTOMERS]) == [1, 2, 3]


def test_the_number_written_by_an_earlier_results_workbook_names_the_row() -> None:
    existing = Existing((GROUP,), (remote_customer(500, name="A"),))
    book = checked(customers=[customer(name="Mended")], written={Kind.CUSTOMERS: {2: "500"}})
    (step,) = steps(planned(book, existing), Kind.CUSTOMERS)

    assert (step.action, step.number, step.changes) == (Action.UPDATE, 500, ("name",))


def test_a_cvr_number_that_one_customer_has_is_that_customer_and_says_so() -> None:
    existing = Existing((GROUP,), (remote_customer(500, corporateIdentificationNumber="10150817"),))
    (step,) = steps(planned(checked(customers=[customer(cvr_number="10150817")]), existing), Kind.CUSTOMERS)

    assert (step.action, step.number, codes(step)) == (Action.UNCHANGED, 500, ["matched_existing"])
    assert step.issues[0].severity is Severity.WARNING
    assert step.issues[0].parameters == {"number": 500}


def test_name_and_address_match_only_without_another_cvr_number() -> None:
    same = {"address": "Vej 1", "zip": "8000"}
    existing = Existing((GROUP,), (remote_customer(500, corporateIdentificationNumber="10150817", **same),))
    rows = [
        customer(address="vej  1", postal_code="8000"),
        customer(address="Vej 1", postal_code="8000", cvr_number="25063864"),
    ]
    result = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert [(step.action, step.number) for step in result] == [(Action.UPDATE, 500), (Action.CREATE, 501)]


def test_several_customers_alike_are_for_the_user_to_tell_apart() -> None:
    twins = tuple(remote_customer(number, corporateIdentificationNumber="10150817") for number in (500, 501))
    (step,) = steps(
        planned(checked(customers=[customer(cvr_number="10150817")]), Existing((GROUP,), twins)), Kind.CUSTOMERS
    )

    assert (step.action, codes(step)) == (Action.REFUSE, ["several_matches"])
    assert step.issues[0].parameters == {"numbers": "500, 501"}


def test_branches_with_one_cvr_number_are_told_apart_by_address() -> None:
    existing = Existing((GROUP,), (remote_customer(500, corporateIdentificationNumber="10150817", address="Vej 1"),))
    rows = [customer(cvr_number="10150817", address="Vej 1"), customer(cvr_number="10150817", address="Vej 2")]
    result = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert [(step.action, step.number) for step in result] == [(Action.UNCHANGED, 500), (Action.CREATE, 501)]


def test_two_rows_that_may_be_one_customer_are_refused_together() -> None:
    existing = Existing((GROUP,), (remote_customer(500, corporateIdentificationNumber="10150817", address="Vej 9"),))
    rows = [customer(cvr_number="10150817", address="Vej 1"), customer(cvr_number="10150817", address="Vej 2")]
    result = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert [codes(step) for step in result] == [["several_rows_match"], ["several_rows_match"]]


def test_two_rows_that_end_in_one_record_are_refused_together() -> None:
    existing = Existing((GROUP,), (remote_customer(500),))
    rows = [customer(customer_number=500), customer(own_reference="A")]
    result = steps(planned(checked(customers=rows), existing, {"customers:reference:A": known(500)}), Kind.CUSTOMERS)

    assert [codes(step) for step in result] == [["same_record_twice"], ["same_record_twice"]]


def test_a_group_on_the_sheet_comes_before_its_customers() -> None:
    book = checked(
        customer_groups=[{"group_number": 9, "name": "Fish", "account": 5600}],
        customers=[customer(customer_number=1001, customer_group="Fish")],
    )
    result = planned(book)

    assert result.steps[Kind.CUSTOMER_GROUPS][0].action is Action.CREATE
    assert result.steps[Kind.CUSTOMERS][0].parent == "customer_groups:number:9"
    assert result.steps[Kind.CUSTOMERS][0].values["customer_group"] == 9


def test_a_group_that_is_only_named_is_found_in_the_agreement() -> None:
    (step,) = steps(
        planned(checked(customers=[customer(customer_number=1, customer_group="domestic")])), Kind.CUSTOMERS
    )

    assert (step.values["customer_group"], step.parent) == (1, None)


def test_an_unknown_group_refuses_its_customer_and_skips_what_hangs_on_it() -> None:
    book = checked(
        customers=[customer(customer_number=1001, customer_group=77)], contacts=[{"customer": "1001", "name": "Jan"}]
    )
    result = planned(book)

    assert codes(result.steps[Kind.CUSTOMERS][0]) == ["unknown_group"]
    (contact,) = result.steps[Kind.CONTACTS]
    assert (contact.action, codes(contact)) == (Action.SKIP, ["parent_refused"])
    assert contact.issues[0].parameters == {"sheet": "Customers", "row": 2}


def test_a_customer_that_is_refused_but_exists_does_not_cost_its_contacts() -> None:
    book = checked(
        customers=[customer(customer_number=1001)],
        contacts=[{"customer": "1001", "name": "Jan"}],
        refused={Kind.CUSTOMERS: {2}},
    )
    result = planned(book, Existing((GROUP,), (remote_customer(1001),)))

    (contact,) = result.steps[Kind.CONTACTS]
    assert (contact.action, contact.customer_number, contact.parent) == (Action.CREATE, 1001, None)


def test_contacts_find_their_customer_by_own_reference_in_the_agreement_and_in_the_journal() -> None:
    existing = Existing((GROUP,), (remote_customer(7, name="There"), remote_customer(8, name="Before")))
    book = checked(
        customers=[customer(name="New", own_reference="N")],
        contacts=[{"customer": text, "name": "Jan"} for text in ("N", "7", "B", "nobody")],
    )
    result = steps(planned(book, existing, {"customers:reference:B": known(8)}), Kind.CONTACTS)

    assert [(step.customer_number, step.parent) for step in result] == [
        (9, "customers:reference:N"),
        (7, None),
        (8, None),
        (None, None),
    ]
    assert codes(result[3]) == ["unknown_customer"]


def test_a_contact_is_named_by_its_customer_and_name_whatever_the_case() -> None:
    existing = Existing(
        (GROUP,), (remote_customer(7),), (remote_contact(55, 7, "Jan Bo"), remote_contact(56, 7, "Eva"))
    )
    book = checked(contacts=[{"customer": "7", "name": "jan bo", "phone": "1"}, {"customer": "7", "name": "Eva"}])
    result = steps(planned(book, existing), Kind.CONTACTS)

    assert [(step.action, step.number, step.changes) for step in result] == [
        (Action.UPDATE, 55, ("name", "phone")),
        (Action.UNCHANGED, 56, ()),
    ]


def test_an_id_is_never_created() -> None:
    book = checked(
        contacts=[{"customer": "7", "name": "Jan", "contact_id": 99}],
        delivery_locations=[{"customer": "7", "location_id": 99}],
    )
    result = planned(book, Existing((GROUP,), (remote_customer(7),)))

    assert codes(result.steps[Kind.CONTACTS][0]) == ["unknown_contact_id"]
    assert codes(result.steps[Kind.DELIVERY_LOCATIONS][0]) == ["unknown_location_id"]


def test_a_contact_does_not_move_to_another_customer() -> None:
    existing = Existing((GROUP,), (remote_customer(7), remote_customer(8, name="B")), (remote_contact(55, 8, "Jan"),))
    (step,) = steps(
        planned(checked(contacts=[{"customer": "7", "name": "Jan", "contact_id": 55}]), existing), Kind.CONTACTS
    )

    assert codes(step) == ["other_customer"]


def test_locations_that_are_alike_are_matched_as_a_multiset() -> None:
    there = tuple(remote_location(number, 7, number, address="Kaj 1", city="Skagen") for number in (30, 31))
    rows: list[Values] = [{"customer": "7", "address": "Kaj 1", "city": "Skagen"}] * 3
    result = steps(
        planned(checked(delivery_locations=rows), Existing((GROUP,), (remote_customer(7),), (), there)),
        Kind.DELIVERY_LOCATIONS,
    )

    assert [(step.action, step.number) for step in result] == [
        (Action.UNCHANGED, 30),
        (Action.UNCHANGED, 31),
        (Action.CREATE, None),
    ]
    assert len({step.identity for step in result}) == 3


def test_a_location_number_names_a_location_and_leaves_it_to_that_row() -> None:
    there = (remote_location(30, 7, 1, address="Kaj 1"),)
    rows: list[Values] = [
        {"customer": "7", "address": "Kaj 1"},
        {"customer": "7", "location_number": 1, "address": "Kaj 2"},
    ]
    result = steps(
        planned(checked(delivery_locations=rows), Existing((GROUP,), (remote_customer(7),), (), there)),
        Kind.DELIVERY_LOCATIONS,
    )

    assert [(step.action, step.number, step.changes) for step in result] == [
        (Action.CREATE, None, ()),
        (Action.UPDATE, 30, ("address",)),
    ]


def test_references_to_rows_of_the_workbook_wait_for_the_second_pass() -> None:
    book = checked(
        customers=[customer(customer_number=7, attention="Jan", default_delivery_location=2, barred=True)],
        contacts=[{"customer": "7", "name": "Jan"}],
        delivery_locations=[{"customer": "7", "location_number": 2}],
    )
    result = planned(book)
    step = result.steps[Kind.CUSTOMERS][0]

    assert step.second_pass == {
        "attention": result.steps[Kind.CONTACTS][0].identity,
        "default_delivery_location": result.steps[Kind.DELIVERY_LOCATIONS][0].identity,
        "barred": True,
    }
    assert not set(step.values) & set(step.second_pass)


def test_not_barred_needs_no_second_pass_for_a_new_customer_and_goes_first_for_an_old_one() -> None:
    existing = Existing((GROUP,), (remote_customer(8, barred=True),))
    rows = [customer(customer_number=7, barred=False), customer(customer_number=8, barred=False)]
    new, old = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert new.second_pass == {}
    assert (old.action, old.second_pass, old.values["barred"], old.changes) == (Action.UPDATE, {}, False, ("barred",))


def test_a_reference_to_a_record_that_is_there_goes_with_the_first_call() -> None:
    existing = Existing((GROUP,), (remote_customer(7),), (remote_contact(55, 7, "Jan"),), (remote_location(30, 7, 4),))
    rows = [customer(customer_number=7, attention="jan", default_delivery_location=4)]
    (step,) = steps(planned(checked(customers=rows), existing), Kind.CUSTOMERS)

    assert (step.values["attention"], step.values["default_delivery_location"]) == (55, 30)
    assert step.second_pass == {}
    assert step.changes == ("attention", "default_delivery_location")


def test_a_reference_that_holds_already_changes_nothing() -> None:
    existing = Existing(
        (GROUP,), (remote_customer(7, attention={"customerContactNumber": 55}),), (remote_contact(55, 7, "Jan"),)
    )
    (step,) = steps(
        planned(checked(customers=[customer(customer_number=7, attention="Jan")]), existing), Kind.CUSTOMERS
    )

    assert (step.action, step.second_pass) == (Action.UNCHANGED, {})


def test_a_contact_that_the_workbook_renames_may_still_be_called_by_its_old_name() -> None:
    """An export that is edited: the contact gets a new name on its sheet, the customer's attention keeps the old one."""
    existing = Existing(
        (GROUP,),
        (remote_customer(7, attention={"customerContactNumber": 55}),),
        (remote_contact(55, 7, "Jan"), remote_contact(56, 7, "Else")),
        (remote_location(30, 7, 1),),
    )
    book = checked(
        customers=[customer(customer_number=7, attention="Jan", their_reference="Else", default_delivery_location=1)],
        contacts=[
            {"customer": "7", "contact_id": 55, "name": "Jan Holm"},
            {"customer": "7", "contact_id": 56, "name": "Jan"},
        ],
        delivery_locations=[{"customer": "7", "location_id": 30, "location_number": 4}],
    )
    (step,) = steps(planned(book, existing), Kind.CUSTOMERS)

    wanted = {**step.values, **step.second_pass}
    assert [one.code for one in step.issues] == []
    assert wanted["attention"] == 56, "a name on the sheet goes before one that is on its way out"
    assert (wanted["their_reference"], wanted["default_delivery_location"]) == (56, 30)


def test_a_reference_to_nobody_costs_its_field_and_not_the_customer() -> None:
    book = checked(
        customers=[customer(customer_number=7, attention="Nobody", their_reference="Refused")],
        contacts=[{"customer": "7", "name": "Refused"}],
        refused={Kind.CONTACTS: {2}},
    )
    (step,) = steps(planned(book), Kind.CUSTOMERS)

    assert (step.action, step.second_pass) == (Action.CREATE, {})
    assert [(one.code, one.field, one.costs_row) for one in step.issues] == [
        ("unknown_contact", "attention", False),
        ("reference_to_faulty_row", "their_reference", False),
    ]
    assert step.issues[0].place.column == "Attention"


def test_every_row_is_one_step_in_sheet_order() -> None:
    rows = [customer(name=f"N{number}") for number in range(20)]
    result = steps(planned(checked(customers=rows, refused={Kind.CUSTOMERS: {4, 9}})), Kind.CUSTOMERS)

    assert [step.place.row for step in result] == list(range(2, 22))
    assert [step.place.row for step in result if step.action is Action.REFUSE] == [4, 9]


def test_an_empty_workbook_is_an_empty_plan() -> None:
    result = planned(checked(customers=[]))

    assert {kind: len(found) for kind, found in result.steps.items()} == dict.fromkeys(Kind, 0)
