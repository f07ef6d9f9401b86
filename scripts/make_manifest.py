"""Write manifest.csv beside the reports of a folder: what load_report found, to be checked by eye.

Example: python scripts/make_manifest.py data/reports
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from qa.load import discover, load_report

COLUMNS = ["report_id", "place", "year", "given_on", "title", "speaker", "file", "sha256"]


def main(folder: Path) -> int:
    """Write ``folder``/manifest.csv, ordered by report id; 1 if a file could not be loaded."""
    files, errors = discover([folder])
    for error in errors:
        print(error, file=sys.stderr)
    reports = sorted((load_report(path) for path in files), key=lambda report: report.report_id)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for r in reports:
            file = Path(r.source).relative_to(folder).as_posix()
            writer.writerow([r.report_id, r.place, r.year, r.given_on, r.title, r.speaker, file, r.sha256])
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/reports")))
