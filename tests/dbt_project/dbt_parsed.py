"""dbt on a project that is parsed once for all tests: `dbt_parsed FOLDER build --select ...`.

dbt parses anew for every other warehouse file and as-of date, 15 s each time. Nothing that is
parsed depends on them: what a node is, and what it reads, is the same on every day. The folder
keeps what was parsed for each engine and database; processes that run side by side share it.
"""

import fcntl
import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.parser.manifest import extended_mashumuro_decoder


def main(folder: Path, arguments: list[str]) -> int:
    """Run dbt; its exit code."""
    result = dbtRunner(manifest=parsed(folder, arguments)).invoke(arguments)
    if result.exception:
        sys.stderr.write(f"{result.exception}\n")
        return 2
    return 0 if result.success else 1


def parsed(folder: Path, arguments: list[str]) -> Manifest:
    """The project for the warehouse that the environment names."""
    engine = os.environ["WAREHOUSE"]
    path = Path(os.environ["DUCKDB_PATH"]).stem
    database = os.environ["PGDATABASE"] if engine == "postgres" else path
    file = folder / f"{engine}_{database}.msgpack"
    with (folder / f"{file.stem}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            _parse(file, arguments)
    manifest = Manifest.from_msgpack(file.read_bytes(), decoder=extended_mashumuro_decoder)
    manifest.build_flat_graph()
    return manifest


def _parse(file: Path, arguments: list[str]) -> None:
    target = Path(os.environ["DBT_TARGET_PATH"])
    done = dbtRunner().invoke(["--quiet", "parse", *_variables(arguments)])
    if not done.success:
        raise SystemExit(f"dbt cannot parse the project: {done.exception}")
    (target / "partial_parse.msgpack").rename(file)


def _variables(arguments: list[str]) -> list[str]:
    place = arguments.index("--vars")
    return arguments[place : place + 2]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
