"""What records of every kind are made of."""

from msgspec import Struct, field


class Money(Struct, gc=False):
    amount: str


class CurrencyMoney(Struct, gc=False, rename="camel"):
    amount: str
    currency_code: str


class MoneyBag(Struct, gc=False, rename="camel"):
    shop_money: Money
    presentment_money: Money


class Ref(Struct, gc=False):
    id: str


class Named(Struct, gc=False):
    name: str


class Address(Struct, gc=False, rename="camel"):
    city: str | None = None
    province: str | None = None
    country_code_v2: str | None = field(name="countryCodeV2", default=None)
    country_code: str | None = None
    zip: str | None = None


class Record(Struct, gc=False, kw_only=True, rename="camel", tag_field="__typename"):
    """A node of a page or a line of a bulk result; `parent_id` is the object it belongs to."""

    parent_id: str | None = field(name="__parentId", default=None)
