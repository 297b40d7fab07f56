"""What a made-up shop is told with: categories, brands, places, names, visits. Data only."""

from __future__ import annotations

from dataclasses import dataclass

RETURN_REASONS = {
    "size_fit": "Does not fit",
    "product_quality": "Defective or damaged",
    "changed_mind": "Changed mind",
    "wrong_product": "Wrong item received",
    "delivery": "Arrived too late",
    "other": "Other",
}

CLOTHES_SIZES = ("S", "M", "L", "XL")
SHOE_SIZES = ("38", "39", "40", "41", "42", "43", "44")
COLOURS = ("Black", "White", "Navy", "Olive", "Sand", "Rust", "Teal", "Grey")


@dataclass(frozen=True)
class Category:
    """Price is the median in dollars; return rates stand in the order of RETURN_REASONS."""

    name: str
    price: float
    margin: float
    elasticity: float
    return_rates: tuple[float, float, float, float, float, float]
    sizes: tuple[str, ...]
    nouns: dict[str, tuple[str, ...]]


CATEGORIES = (
    Category(
        "Apparel", 42, 0.58, -1.9, (0.048, 0.012, 0.020, 0.005, 0.004, 0.003), CLOTHES_SIZES,
        {"Shirts": ("Shirt", "Tee", "Polo"), "Jackets": ("Jacket", "Parka", "Vest"),
         "Trousers": ("Chinos", "Jeans", "Shorts")},
    ),
    Category(
        "Footwear", 88, 0.52, -1.6, (0.120, 0.010, 0.018, 0.004, 0.003, 0.003), SHOE_SIZES,
        {"Boots": ("Boot", "Hiker"), "Sneakers": ("Sneaker", "Runner"), "Sandals": ("Sandal",)},
    ),
    Category(
        "Home", 34, 0.55, -1.3, (0.003, 0.014, 0.012, 0.004, 0.006, 0.003), (),
        {"Bedding": ("Duvet", "Pillow", "Blanket"), "Lighting": ("Lamp", "Lantern"),
         "Kitchen": ("Pan", "Kettle", "Mug")},
    ),
    Category(
        "Electronics", 79, 0.34, -2.3, (0.001, 0.030, 0.016, 0.004, 0.004, 0.004), (),
        {"Audio": ("Earbuds", "Speaker"), "Charging": ("Charger", "Power Bank"),
         "Wearables": ("Watch", "Tracker")},
    ),
    Category(
        "Outdoor", 64, 0.47, -1.5, (0.008, 0.012, 0.011, 0.003, 0.005, 0.003), (),
        {"Tents": ("Tent", "Tarp"), "Backpacks": ("Backpack", "Daypack"),
         "Bottles": ("Bottle", "Flask")},
    ),
    Category(
        "Beauty", 24, 0.66, -0.9, (0.000, 0.006, 0.006, 0.003, 0.004, 0.002), (),
        {"Skin Care": ("Serum", "Balm", "Lotion"), "Hair Care": ("Shampoo", "Oil")},
    ),
    Category(
        "Toys", 27, 0.50, -1.1, (0.001, 0.011, 0.009, 0.003, 0.007, 0.003), (),
        {"Puzzles": ("Puzzle", "Brain Teaser"), "Plush": ("Bear", "Fox", "Owl")},
    ),
)  # fmt: skip

SIZE_PROBLEM = "Footwear"  # comes in other sizes than it says

GIFT_CARDS = Category("Gift Cards", 50, 0.0, 0.0, (0.0,) * 6, (), {"Gift Cards": ("Gift Card",)})

ADJECTIVES = (
    "Alder", "Amber", "Birch", "Canyon", "Cedar", "Coastal", "Dune", "Ember", "Fjord", "Glacier",
    "Harbor", "Heron", "Indigo", "Juniper", "Larch", "Linden", "Maple", "Meadow", "Mesa", "North",
    "Orchard", "Pine", "Prairie", "Quarry", "Ridge", "River", "Sage", "Sierra", "Summit", "Willow",
)  # fmt: skip

BRANDS = (
    "Alpenrose", "Bright & Sons", "Calder", "Drift", "Elkhorn", "Fathom", "Grove", "Hallam",
    "Isle", "Jute", "Kestrel", "Lumen", "Moss", "Norrland", "Otter", "Pell", "Quill", "Rook",
)  # fmt: skip

SUPPLIER_COUNTRIES = ("US", "CN", "VN", "PT", "DE", "IN", "MX", "TR")

FIRST_NAMES = (
    "Ada", "Ben", "Chloé", "Dana", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kaori",
    "Liam", "Maya", "Noah", "Olga", "Priya", "Quinn", "Rosa", "Søren", "Tara", "Umar", "Vera",
    "Wei", "Ximena", "Yusuf", "Zoë",
)  # fmt: skip

LAST_NAMES = (
    "Abbott", "Baker", "Chen", "Diaz", "Evans", "Fischer", "García", "Hughes", "Ito", "Jensen",
    "Khan", "Lopez", "Martin", "Novak", "O'Brien", "Patel", "Quist", "Rossi", "Smith", "Tanaka",
    "Ueda", "Vargas", "Weber", "Xu", "Young", "Zhang",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Somewhere parcels go; `tax_rate` in hundred-thousandths, `weight` within its country."""

    city: str
    province: str | None
    country_code: str
    zip: str
    tax_rate: int
    weight: float = 1.0


PLACES = (
    Place("New York", "New York", "US", "10001", 8875, 9),
    Place("Buffalo", "New York", "US", "14201", 8750, 1),
    Place("Newark", "New Jersey", "US", "07102", 6625, 2),
    Place("Philadelphia", "Pennsylvania", "US", "19103", 8000, 3),
    Place("Boston", "Massachusetts", "US", "02108", 6250, 3),
    Place("Portland", "Maine", "US", "04101", 5500, 1),
    Place("Chicago", "Illinois", "US", "60601", 10250, 5),
    Place("Minneapolis", "Minnesota", "US", "55401", 8025, 2),
    Place("Denver", "Colorado", "US", "80202", 8810, 3),
    Place("Seattle", "Washington", "US", "98101", 10350, 4),
    Place("Portland", "Oregon", "US", "97201", 0, 2),
    Place("San Francisco", "California", "US", "94103", 8625, 5),
    Place("Los Angeles", "California", "US", "90012", 9750, 7),
    Place("San Diego", "California", "US", "92101", 7750, 3),
    Place("Phoenix", "Arizona", "US", "85004", 8600, 2),
    Place("Austin", "Texas", "US", "78701", 8250, 4),
    Place("Houston", "Texas", "US", "77002", 8250, 4),
    Place("Nashville", "Tennessee", "US", "37203", 9750, 2),
    Place("Atlanta", "Georgia", "US", "30303", 8900, 3),
    Place("Miami", "Florida", "US", "33131", 7000, 4),
    Place("Anchorage", "Alaska", "US", "99501", 0, 0.4),
    Place("Honolulu", "Hawaii", "US", "96813", 4500, 0.6),
    Place("Toronto", "Ontario", "CA", "M5H 2N2", 13000, 3),
    Place("Vancouver", "British Columbia", "CA", "V6B 1A1", 12000, 2),
    Place("London", "England", "GB", "SW1A 1AA", 20000, 3),
    Place("Manchester", "England", "GB", "M1 1AE", 20000, 1),
    Place("Berlin", "Berlin", "DE", "10115", 19000, 2),
    Place("München", "Bayern", "DE", "80331", 19000, 1),
    Place("Paris", None, "FR", "75001", 20000, 2),
    Place("Lyon", None, "FR", "69001", 20000, 1),
    Place("Tokyo", "Tōkyō", "JP", "100-0001", 10000, 2),
    Place("Osaka", "Ōsaka", "JP", "530-0001", 10000, 1),
    Place("Sydney", "New South Wales", "AU", "2000", 10000, 1),
)

TAX_IS_INCLUDED_IN = frozenset({"GB", "DE", "FR", "JP", "AU"})

CURRENCY_OF_COUNTRY = {"US": "USD", "DE": "EUR", "FR": "EUR", "JP": "JPY"}

UNITS_PER_DOLLAR = {"USD": 1.0, "EUR": 0.92, "GBP": 0.79, "JPY": 151.0, "CAD": 1.36, "AUD": 1.52}


@dataclass(frozen=True)
class Visit:
    """How somebody came to the shop; `channel` is the truth behind the fields."""

    channel: str
    weight: float
    source: str
    source_type: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    landing_page: str = "/"
    referrer_url: str | None = None


VISITS = (
    Visit("organic", 0.8, "Google", "SEO", referrer_url="https://www.google.com/"),
    Visit("organic", 0.2, "Bing", "SEO", landing_page="/collections/all",
          referrer_url="https://www.bing.com/"),
    Visit("paid", 0.5, "Google", "AD", "google", "cpc", "brand_search", "/?gclid=sandbox",
          "https://www.google.com/"),
    Visit("paid", 0.3, "Google", "AD", "google", "cpc", "shopping_all", "/collections/new",
          "https://www.google.com/"),
    Visit("paid", 0.2, "Facebook", "AD", "facebook", "cpc", "prospecting", "/collections/new",
          "https://m.facebook.com/"),
    Visit("social", 0.5, "Instagram", "POST", "instagram", "social", "looks", "/collections/new",
          "https://l.instagram.com/"),
    Visit("social", 0.5, "Facebook", referrer_url="https://m.facebook.com/"),
    Visit("email", 0.7, "Email", "NEWSLETTER", "newsletter", "email", "weekly", "/collections/all"),
    Visit("email", 0.3, "Email", "ABANDONED_CART", "klaviyo", "email", "cart", "/cart"),
    Visit("direct", 1.0, "direct"),
    Visit("referral", 0.6, "trailnotes.example", landing_page="/collections/all",
          referrer_url="https://trailnotes.example/best-gear"),
    Visit("referral", 0.4, "giftideas.example", "AFFILIATE", "giftideas", "referral", None, "/",
          "https://giftideas.example/home"),
)  # fmt: skip

# channel -> (share of the visits that ended in an order, factor on the size of the basket)
CHANNELS = {
    "organic": (0.30, 1.00),
    "paid": (0.22, 0.92),
    "social": (0.13, 0.86),
    "email": (0.15, 1.18),
    "direct": (0.14, 1.08),
    "referral": (0.06, 1.00),
}

# source_name -> (share of the orders, app_name)
SOURCES = {
    "web": (0.885, "Online Store"),
    "pos": (0.065, "Point of Sale"),
    "shopify_draft_order": (0.02, "Draft Orders"),
    "4383523": (0.015, "TikTok"),
    "2329312": (0.015, "Amazon"),
}

# segment -> (share of the customers, factor on lines, factor on quantities, factor on code use)
SEGMENTS = {
    "regular": (0.62, 1.0, 1, 1.0),
    "bargain_hunter": (0.25, 1.0, 1, 3.0),
    "devoted": (0.10, 1.3, 1, 0.6),
    "wholesale": (0.03, 1.2, 4, 0.2),
}
