"""Records of the Marketing API -> rows and columns of the raw tables."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import pyarrow as pa

from dlt_pipelines.ads.reading import Rows
from dlt_pipelines.facebook_ads.records import Action, Entity, Insight, plain
from dlt_pipelines.tables import Table

# What a raw table calls a column, where the record calls it something else.
RECORD_NAMES = {"date": "date_start", "ad_group_id": "adset_id",
                "attribution_window": "attribution_setting"}  # fmt: skip
WINDOWS = {
    "default": "value",
    "1d_click": "clicks_1d",
    "7d_click": "clicks_7d",
    "28d_click": "clicks_28d",
    "1d_view": "views_1d",
}
INSTANTS = ("start_time", "stop_time", "end_time", "created_time", "updated_time")
NOTHING = Action("")

Columns = dict[str, pa.Array]


def figures(table: Table, insights: Sequence[Insight]) -> pa.Table:
    """A report's rows: the columns that Meta tells."""
    return pa.table(_columns(table, insights))


def _columns(table: Table, insights: Sequence[Insight]) -> Columns:
    columns = {}
    for name in table.columns:
        field = RECORD_NAMES.get(name, name)
        if field in Insight.__struct_fields__:
            columns[name] = pa.array(list(map(attrgetter(field), insights)), pa.string())
    if "hour" in table.columns:
        columns["hour"] = pa.array([_hour(insight) for insight in insights], pa.int64())
    return columns


def _hour(insight: Insight) -> int | None:
    """`13:00:00 - 13:59:59` is hour 13."""
    return int(insight.hour[:2]) if insight.hour else None


def actions(table: Table, insights: Sequence[Insight], windows: Iterable[str]) -> pa.Table:
    """A row for each type and window that either list tells; `windows` beside the default."""
    places: list[int] = []
    pairs: list[tuple[Action, Action]] = []
    for place, insight in enumerate(insights):
        found = list(_paired(insight.actions, insight.action_values))
        places += [place] * len(found)
        pairs += found
    keys = _columns(table, insights)
    of_rows = pa.table(keys).take(pa.array(places, pa.int64()))
    return pa.concat_tables([_window(of_rows, pairs, name) for name in ("default", *windows)])


def _paired(counts: list[Action], values: list[Action]) -> Iterator[tuple[Action, Action]]:
    """Counts and values of each type; either list has types that the other one lacks."""
    by_type = {value.action_type: value for value in values}
    for count in counts:
        yield count, by_type.pop(count.action_type, NOTHING)
    for value in by_type.values():
        yield NOTHING, value


def _window(of_rows: pa.Table, pairs: Sequence[tuple[Action, Action]], window: str) -> pa.Table:
    """What one window has of these pairs."""
    tell = attrgetter(WINDOWS[window])
    counts = [tell(count) for count, _ in pairs]
    values = [tell(value) for _, value in pairs]
    held = [
        place
        for place, (count, value) in enumerate(zip(counts, values, strict=True))
        if count is not None or value is not None
    ]
    types = [pairs[place][0].action_type or pairs[place][1].action_type for place in held]
    columns = {
        "action_type": pa.array(types, pa.string()),
        "action_window": pa.array([window] * len(held), pa.string()),
        "quantity": pa.array([counts[place] for place in held], pa.string()),
        "value": pa.array([values[place] for place in held], pa.string()),
    }
    kept = of_rows.take(pa.array(held, pa.int64()))
    return pa.table({**{name: kept.column(name) for name in kept.column_names}, **columns})


def entities(records: Iterable[Entity]) -> Rows:
    """Entities by the columns of their raw tables; one that has no name for it lacks it."""
    return [_entity(record) for record in records]


def _entity(record: Entity) -> dict[str, Any]:
    story = record.object_story_spec
    link, video = story.link_data, story.video_data
    cards = link.child_attachments if link else []
    interests = [each for spec in record.targeting.flexible_spec for each in spec.interests]
    return {
        **plain(record),
        **{name: _instant(getattr(record, name)) for name in INSTANTS},
        "ad_group_id": record.adset_id,
        "creative_id": record.creative.id if record.creative else None,
        "audience_names": ", ".join(each.name for each in record.targeting.custom_audiences),
        "interest_names": ", ".join(each.name for each in interests),
        "title": record.title or (link and link.name) or (video and video.title),
        "body": record.body or (link and link.message) or (video and video.message),
        "link_url": record.link_url or (link and link.link),
        "video_id": record.video_id or (video and video.video_id),
        "card_count": len(cards),
    }


def _instant(text: str | None) -> datetime | None:
    """Meta writes offsets without a colon, and no start at all as the epoch."""
    if not text:
        return None
    instant = datetime.fromisoformat(text).astimezone(UTC)
    return instant if instant.year > 1970 else None
