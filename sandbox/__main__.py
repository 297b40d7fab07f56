"""Serves a made-up shop as the remote APIs until interrupted. Run: python -m sandbox

It prints the variables with which landing finds what is served, then `ready`.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sandbox.shop import ShopSpec, generate
from sandbox.shop.planning import write_planning
from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.server import instant


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


def sandbox(options: argparse.Namespace) -> ShopifySandbox:
    """The sandbox that the command line asks for, not started yet."""
    spec = ShopSpec(end=options.end, seed=options.seed, orders=options.orders)
    shop = generate(spec).at(options.now)
    if options.planning:
        write_planning(shop, options.planning)
    return ShopifySandbox(shop, port=options.port, cache=options.cache)


def main() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    with sandbox(arguments()) as running:
        told = [f"{name}={value}" for name, value in running.variables.items()]
        sys.stdout.write("\n".join([*told, "ready", ""]))
        sys.stdout.flush()
        stopped.wait()


if __name__ == "__main__":
    main()
