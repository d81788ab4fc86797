"""Reads an export back with pandas and writes its cells. ``pandas_reads.py FILE RULE``."""

import json
import sys

import pandas as pd

path, rule = sys.argv[1:]
if path.endswith(".parquet"):
    frame = pd.read_parquet(path)
elif path.endswith(".jsonl"):
    frame = pd.read_json(path, lines=True, convert_dates=False, dtype=False)
else:
    frame = pd.read_csv(path, keep_default_na=False, dtype=str)
    frame = frame.apply(lambda column: column.str.replace(rule, "", n=1, regex=True))
sys.stdout.write(json.dumps({"columns": list(frame), "cells": frame.astype(str).values.tolist()}))
