"""What each kind of record is: data only, one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bulkio.entities.contacts import CONTACTS
from bulkio.entities.customer_groups import CUSTOMER_GROUPS
from bulkio.entities.customers import CUSTOMERS
from bulkio.entities.delivery_locations import DELIVERY_LOCATIONS
from bulkio.entities.entity import Entity, Field, Rule, Target, Type
from bulkio.model.kind import Kind

ENTITIES: Mapping[Kind, Entity] = MappingProxyType(
    {entity.kind: entity for entity in (CUSTOMER_GROUPS, CUSTOMERS, CONTACTS, DELIVERY_LOCATIONS)}
)
"""Every entity, in the order in which they depend on one another."""

__all__ = ["ENTITIES", "Entity", "Field", "Rule", "Target", "Type"]
