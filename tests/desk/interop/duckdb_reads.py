"""Reads an export with DuckDB, which finds the types by itself. ``duckdb_reads.py FILE``."""

import json
import sys

import duckdb

(path,) = sys.argv[1:]
relation = duckdb.sql(f"select * from '{path}'")
found = {
    "rows": duckdb.sql(f"select count(*) from '{path}'").fetchall()[0][0],
    "columns": relation.columns,
    "types": [str(kind) for kind in relation.types],
}
sys.stdout.write(json.dumps(found))
