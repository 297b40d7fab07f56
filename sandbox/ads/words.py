"""What ads say, the words they are found by, and how those who see them divide. Data only."""

from __future__ import annotations

HEADLINES = (
    "Made for the long way home", "Free returns, always", "New season, new trails",
    "Loved by 10,000 hikers", "Stop buying cheap jackets", "Last chance: 15 % off",
    "Pack light, go far", "Tired of wet feet?", "The tent that pitches itself",
    "Warm. Dry. Done.", "Gifts they will really use", "Never pay for shipping again",
)  # fmt: skip
BODIES = (
    "Tough gear, honest prices. See what is new this week.",
    "Rated excellent by people who are out in all weathers.",
    "Only a few left. Do not miss out.",
    "Light, warm and repairable for life.",
    "Sick of broken zips? Ours are guaranteed for ten years.",
    "Order by noon, on your doorstep tomorrow.",
)
CALLS_TO_ACTION = ("SHOP_NOW", "LEARN_MORE", "GET_OFFER", "SIGN_UP")
LANDING_PAGES = ("/collections/new", "/collections/all", "/", "/collections/sale")

# group -> keywords; the ones of WASTED_KEYWORDS cost and never bring anything
KEYWORDS = {
    "brand": ("sandbox outfitters", "sandbox outfitters shop", "sandboxoutfitters"),
    "brand offers": ("sandbox outfitters sale", "sandbox outfitters discount code"),
    "jackets": ("rain jacket", "waterproof jacket women", "mens parka", "free jacket patterns",
                "jacket"),
    "boots": ("hiking boots", "leather boots", "walking boots women", "boots repair near me"),
    "tents": ("2 person tent", "ultralight tent", "family tent", "tent rental"),
    "jacken": ("regenjacke", "outdoor jacke damen", "jacken schnittmuster"),
    "zelte": ("zelt 2 personen", "leichtes zelt", "zelt mieten"),
    "entwurf": ("rucksack",),
    "best sellers": ("hiking backpack", "water bottle", "travel mug", "phone holder"),
    "new in": ("insulated bottle", "camping lantern", "headlamp"),
    "bottles": ("steel bottle", "kids bottle", "baby bottle"),
    "bestseller": ("trinkflasche edelstahl", "stirnlampe", "handyhalter"),
}  # fmt: skip
WASTED_KEYWORDS = frozenset({
    "free jacket patterns", "boots repair near me", "tent rental", "jacken schnittmuster",
    "zelt mieten", "phone holder", "baby bottle", "handyhalter",
})  # fmt: skip
MATCH_TYPES = ("EXACT", "PHRASE", "BROAD")

# What people typed: `{}` is the keyword -> (share of its figures, how much more they buy).
TERMS = {
    "{}": (0.42, 1.2),
    "best {}": (0.16, 1.3),
    "{} online": (0.12, 1.0),
    "cheap {}": (0.09, 0.5),
    "{} second hand": (0.07, 0.0),
    "{} diy": (0.04, 0.0),
}

Shares = dict[str, tuple[float, float, float]]

# value -> (share of what is shown, factor on clicks, factor on purchases of a click)
AGES = {"18": (0.16, 0.9, 0.6), "25": (0.29, 1.1, 1.1), "35": (0.23, 1.1, 1.4),
        "45": (0.15, 1.0, 1.2), "55": (0.09, 0.9, 0.9), "65": (0.05, 0.8, 0.8),
        "": (0.03, 0.6, 0.7)}  # fmt: skip
GOOGLE_AGES = ("AGE_RANGE_18_24", "AGE_RANGE_25_34", "AGE_RANGE_35_44", "AGE_RANGE_45_54",
               "AGE_RANGE_55_64", "AGE_RANGE_65_UP", "AGE_RANGE_UNDETERMINED")  # fmt: skip
META_AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+", "Unknown")
TIKTOK_AGES = ("AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100")

HOME, ABROAD = (
    {"US": (0.88, 1.0, 1.05), "CA": (0.08, 1.0, 0.8), "GB": (0.04, 0.9, 0.6)},
    {"DE": (0.62, 1.0, 1.1), "FR": (0.27, 1.0, 0.9), "AT": (0.11, 1.0, 0.7)},
)


def renamed(names: tuple[str, ...], shares: Shares) -> Shares:
    """The same shares under a platform's own words."""
    return dict(zip(names, shares.values(), strict=False))


GOOGLE: dict[str, Shares] = {
    "device": {"MOBILE": (0.58, 1.0, 0.8), "DESKTOP": (0.34, 1.05, 1.45),
               "TABLET": (0.06, 0.9, 0.9), "CONNECTED_TV": (0.02, 0.1, 0.2)},
    "age": renamed(GOOGLE_AGES, AGES),
    "gender": {"MALE": (0.47, 1.0, 0.9), "FEMALE": (0.45, 1.0, 1.15),
               "UNDETERMINED": (0.08, 0.8, 0.8)},
}  # fmt: skip
GOOGLE_NETWORKS: dict[str, Shares] = {
    "SEARCH": {"SEARCH": (0.86, 1.0, 1.05), "SEARCH_PARTNERS": (0.14, 0.7, 0.6)},
    "SHOPPING": {"SEARCH": (0.91, 1.0, 1.0), "SEARCH_PARTNERS": (0.09, 0.7, 0.7)},
    "PERFORMANCE_MAX": {"MIXED": (1.0, 1.0, 1.0)},
    "DISPLAY": {"CONTENT": (1.0, 1.0, 1.0)},
    "VIDEO": {"YOUTUBE": (0.83, 1.0, 1.0), "CONTENT": (0.17, 0.6, 0.5)},
}
GOOGLE_PLACEMENTS: Shares = {
    "trailnotes.example": (0.34, 1.2, 1.5), "dailyhills.example": (0.27, 1.0, 1.0),
    "gamespot.example": (0.22, 1.6, 0.1), "weathermap.example": (0.17, 0.8, 0.9),
}  # fmt: skip
META: dict[str, Shares] = {
    "device": {"iphone": (0.46, 1.0, 1.2), "android_smartphone": (0.39, 1.1, 0.8),
               "desktop": (0.09, 0.8, 1.4), "ipad": (0.04, 0.9, 1.0),
               "android_tablet": (0.02, 0.8, 0.6)},
    "age": renamed(META_AGES, AGES),
    "gender": {"male": (0.44, 1.0, 0.85), "female": (0.53, 1.0, 1.15),
               "unknown": (0.03, 0.7, 0.7)},
}  # fmt: skip
META_PLACEMENTS: dict[str, Shares] = {
    "facebook": {"feed": (0.62, 1.1, 1.2), "marketplace": (0.13, 0.7, 0.7),
                 "facebook_stories": (0.11, 0.8, 0.8), "facebook_reels": (0.14, 0.7, 0.6)},
    "instagram": {"feed": (0.44, 1.0, 1.2), "instagram_stories": (0.27, 0.9, 0.9),
                  "instagram_reels": (0.21, 0.8, 0.8), "instagram_explore": (0.08, 0.7, 0.7)},
}  # fmt: skip
AMAZON: dict[str, Shares] = {
    "placement": {"Top of Search on-Amazon": (0.24, 2.4, 1.5),
                  "Detail Page on-Amazon": (0.41, 0.6, 0.9),
                  "Other on-Amazon": (0.31, 0.8, 0.9), "Off Amazon": (0.04, 0.4, 0.4)},
}  # fmt: skip
TIKTOK: dict[str, Shares] = {
    "device": {"IPHONE": (0.49, 1.0, 1.2), "ANDROID": (0.45, 1.0, 0.8), "IPAD": (0.04, 0.9, 0.9),
               "PC": (0.02, 0.6, 1.2)},
    "age": renamed(TIKTOK_AGES, {"18": (0.41, 1.0, 0.7), "25": (0.31, 1.0, 1.2),
                                 "35": (0.16, 1.0, 1.4), "45": (0.08, 0.9, 1.1),
                                 "55": (0.04, 0.8, 0.9)}),
    "gender": {"MALE": (0.42, 1.0, 0.9), "FEMALE": (0.54, 1.0, 1.1), "NONE": (0.04, 0.8, 0.8)},
    "placement": {"TikTok": (0.93, 1.0, 1.05), "Pangle": (0.07, 1.4, 0.3)},
}  # fmt: skip
