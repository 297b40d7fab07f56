"""Why goods come back, in the shop's and in its customers' words. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Detail:
    """A finer reason: the shop's `handle` and `name` for it, its share of `reason`, what is said.

    `staff` is what the shop's people write beside a handle that is too coarse.
    """

    reason: str
    handle: str
    name: str
    weight: float
    said: tuple[str, ...]
    staff: str = ""


DETAILS = (
    Detail("size_fit", "too-small", "Too small", 0.42, (
        "Too small, I need one size up.",
        "It runs small. I always wear this size and could not get into it.",
        "Much too small around the middle, the length is short as well.",
        "Tight everywhere, the size chart cannot be right.",
        "A full size smaller than the others I own.",
        "My toes touch the front, half a size more would have been enough.",
    )),
    Detail("size_fit", "too-large", "Too large", 0.26, (
        "Too large, I need one size down.",
        "It runs big and hangs on me like a tent.",
        "Far too wide, and I had measured twice.",
        "Loose at the heel, I slip out of it when I walk.",
        "The sleeves are much too long for this size.",
    )),
    Detail("size_fit", "too-tight", "Too tight", 0.08, (
        "Too tight across the shoulders.",
        "The waist is too tight although the length is right.",
        "Narrow fit, too tight for me.",
    ), "Too small"),
    Detail("size_fit", "wrong-size-ordered", "Ordered the wrong size", 0.10, (
        "My mistake, I ordered the wrong size.",
        "Picked the wrong size in a hurry.",
        "Meant to order another size.",
    )),
    Detail("size_fit", "comfort", "Not comfortable", 0.14, (
        "It does not fit the way I expected from the pictures.",
        "The cut is odd, it does not sit well.",
        "Not comfortable after ten minutes of wearing it.",
        "Fits in one place and not in another.",
    ), "Doesn't fit as expected"),
    Detail("product_quality", "damaged-or-defective", "Damaged or defective", 0.44, (
        "Arrived broken.",
        "It is defective, one side does not work at all.",
        "A seam came apart the first time I used it.",
        "There is a crack along the edge and it leaks.",
        "The zip was broken out of the box.",
        "Faulty from day one, it rattles and makes a terrible noise.",
    )),
    Detail("product_quality", "stopped-working", "Stopped working", 0.18, (
        "Stopped working after a week.",
        "It worked twice and then died.",
        "Will not switch on any more, I tried everything in the manual.",
        "Broke on the third day of normal use.",
    )),
    Detail("product_quality", "quality", "Poor quality", 0.20, (
        "Poor quality for the price.",
        "Feels cheap, the material is thin and scratches at once.",
        "The colour came off in the first wash.",
        "Badly made, loose threads everywhere.",
    )),
    Detail("product_quality", "not-as-described", "Item not as described", 0.18, (
        "Not as described, the page says something else.",
        "Looks nothing like the photo.",
        "The description promises a different material.",
        "Smaller capacity than the page says.",
    )),
    Detail("changed_mind", "no-longer-needed", "No longer needed", 0.38, (
        "No longer needed.",
        "It was a gift and she has one already.",
        "Our plans changed and I have no use for it now.",
        "Bought two to choose from and kept the other.",
    )),
    Detail("changed_mind", "changed-mind", "Changed my mind", 0.20, (
        "Changed my mind.",
        "Bought it late at night, an impulse I regret.",
        "I do not really want it after all.",
    ), "Impulse buy regret"),
    Detail("changed_mind", "better-price", "Found a better price", 0.16, (
        "Found it cheaper elsewhere.",
        "Your own sale started the day after, that is a better price.",
        "Another shop sells it for less.",
    )),
    Detail("changed_mind", "ordered-by-mistake", "Ordered by mistake", 0.14, (
        "Ordered by mistake.",
        "Clicked twice and got two.",
        "My son ordered this by accident.",
    )),
    Detail("changed_mind", "style", "Style", 0.12, (
        "Nice, but not my style.",
        "I do not like the look of it on me.",
        "The colour is brighter than I like.",
    )),
    Detail("wrong_product", "wrong-item", "Received the wrong item", 0.55, (
        "This is not what I ordered.",
        "You sent the wrong item, somebody else must have mine.",
        "The box holds a different product than the label says.",
    )),
    Detail("wrong_product", "wrong-color", "Received the wrong color", 0.27, (
        "Wrong colour, I ordered another one.",
        "The colour on the label is right, the one inside is not.",
        "Got it in the wrong colour.",
    )),
    Detail("wrong_product", "wrong-model", "Received the wrong model", 0.18, (
        "Wrong model, I ordered the newer version.",
        "You sent last year's model.",
    )),
    Detail("delivery", "arrived-late", "Arrived too late", 0.62, (
        "Came too late for the birthday.",
        "Arrived ten days after the promised date.",
        "Delivery took so long that I bought one in town.",
    )),
    Detail("delivery", "packaging-damaged", "Package damaged", 0.28, (
        "The package was crushed when it came.",
        "The box was wet and torn open.",
        "Parcel damaged on the way, the tape was ripped.",
    )),
    Detail("delivery", "lost-in-transit", "Lost in transit", 0.10, (
        "Never arrived, the tracking has not moved for weeks.",
        "The carrier says delivered, but nothing came.",
    )),
    Detail("other", "other", "Other", 0.75, (
        "I would rather explain it on the phone.",
        "See my e-mail of yesterday.",
        "As agreed with your colleague.",
        "It is complicated.",
    ), "Agreed with the customer by phone"),
    Detail("other", "unknown", "Unknown", 0.25, (
        "No reason.",
    )),
)  # fmt: skip

LOST = "lost-in-transit"

GREETINGS = (
    "",
    "",
    "Hello. ",
    "Hi, sorry for the trouble. ",
    "I had been looking forward to this. ",
    "Second order from you. ",
)

FAREWELLS = (
    "",
    "",
    " Thanks!",
    " Please let me know what to do.",
    " Otherwise a lovely shop.",
    " Very disappointed.",
    " I have bought here for years and was always pleased, so I hope that this was the exception"
    " and that it can be put right without a long exchange of e-mails.",
)

GLAD = (" Thanks!", " Otherwise a lovely shop.")
CROSS = (" Very disappointed.",)
BLAMELESS = ("size_fit", "changed_mind", "other")


def customer_notes(detail: Detail) -> list[str]:
    """Everything that customers may write about it; nobody is cross about their own mistake."""
    unfit = CROSS if detail.reason in BLAMELESS else GLAD
    farewells = [farewell for farewell in FAREWELLS if farewell not in unfit]
    return ["".join(parts) for parts in product(GREETINGS, detail.said, farewells)]


CONDITIONS = ("new", "opened", "damaged", "defective")

# reason -> how often goods that come back for it are in each condition
CONDITION_SHARES = {
    "size_fit": (0.72, 0.26, 0.02, 0.00),
    "product_quality": (0.04, 0.16, 0.20, 0.60),
    "changed_mind": (0.64, 0.31, 0.05, 0.00),
    "wrong_product": (0.86, 0.13, 0.01, 0.00),
    "delivery": (0.66, 0.08, 0.26, 0.00),
    "other": (0.60, 0.32, 0.08, 0.00),
}

# condition -> how often such goods go back on the shelf
RESTOCKED = {"new": 0.98, "opened": 0.90, "damaged": 0.18, "defective": 0.03}

INSPECTION_NOTES: dict[str, tuple[str | None, ...]] = {
    "new": (None, None, "Tags on, as new.", "Unopened."),
    "opened": (None, "Opened, complete.", "Worn once, cleaned.", "Box missing, sold as open box."),
    "damaged": ("Scratched.", "Stained, not for sale.", "Dented corner, photo taken."),
    "defective": ("Fault confirmed.", "Does not switch on.", "Seam failure, told the supplier."),
}

DECLINES = {
    "RETURN_PERIOD_ENDED": (0.6, "The 30 days in which we take goods back are over."),
    "FINAL_SALE": (0.25, "Goods from the final sale stay with their buyer."),
    "OTHER": (0.15, "The pictures show that the goods were used outdoors."),
}

# reason -> how often it ends in other goods instead of money
EXCHANGED = {
    "size_fit": 0.26, "product_quality": 0.18, "changed_mind": 0.03,
    "wrong_product": 0.30, "delivery": 0.04, "other": 0.05,
}  # fmt: skip
