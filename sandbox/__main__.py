"""Serves a made-up shop as the remote APIs until interrupted. Run: python -m sandbox

It prints the variables with which landing finds what is served, then `ready`.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count, repeat
from pathlib import Path
from typing import Any

from sandbox.ads import make_ads
from sandbox.amazon_ads import AmazonAdsSandbox
from sandbox.custom_api import PinboardSandbox
from sandbox.facebook_ads import FacebookAdsSandbox
from sandbox.ga4 import Ga4Sandbox
from sandbox.google_ads import GoogleAdsSandbox
from sandbox.shop import ShopSpec, generate
from sandbox.shop.planning import write_planning
from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.server import instant
from sandbox.tiktok_ads import TikTokAdsSandbox

# Landing leaves what changed a moment ago to the next run; the sandbox's clock has none.
SETTLED = timedelta(minutes=5)


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=ShopSpec.seed)
    parser.add_argument("--orders", type=int, default=ShopSpec.orders)
    parser.add_argument("--end", type=date.fromisoformat, default=yesterday, help="last day")
    parser.add_argument("--now", type=instant, help="the instant to show, by default the end")
    parser.add_argument("--planning", type=Path, help="folder to write the shop's spreadsheets to")
    parser.add_argument("--cache", type=Path, help="folder that keeps finished bulk files")
    return parser.parse_args(words)


@contextmanager
def served(options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """All replicas while they run, as the variables with which landing finds them.

    Shopify is served on the port that the command line asks for, the others on those after it.
    """
    spec = ShopSpec(end=options.end, seed=options.seed, orders=options.orders)
    shop = generate(spec).at(options.now)
    world = make_ads(shop)
    if options.planning:
        write_planning(shop, options.planning)
    ports = count(options.port) if options.port else repeat(0)
    with ExitStack() as running:
        replicas: tuple[Any, ...] = (
            ShopifySandbox(shop, port=next(ports), cache=options.cache),
            GoogleAdsSandbox(world, port=next(ports), now=shop.now),
            FacebookAdsSandbox(world, port=next(ports), now=shop.now),
            AmazonAdsSandbox(world, port=next(ports), polls=0),
            TikTokAdsSandbox(world, port=next(ports), now=shop.now),
            Ga4Sandbox(shop.con, spec, shop.now, port=next(ports)),
            PinboardSandbox(world, port=next(ports)),
        )
        variables = {"LANDING_NOW": f"{(shop.now + SETTLED).isoformat()}Z"}
        for replica in replicas:
            variables |= running.enter_context(replica).variables
        yield variables


def main() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    with served(arguments()) as variables:
        told = [f"{name}={value}" for name, value in variables.items()]
        sys.stdout.write("\n".join([*told, "ready", ""]))
        sys.stdout.flush()
        stopped.wait()


if __name__ == "__main__":
    main()
