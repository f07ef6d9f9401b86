"""Build or update the index: ``python ingest.py --help``."""

import sys

from qa.ingest import main

if __name__ == "__main__":
    sys.exit(main(prog="ingest.py"))
