"""A corpus of two invented reports with an index of its own, for the tests of ingest."""

from fakes import FakeEncoder, encoder_source, write_report

from qa.ingest import Request, ingest
from qa.ingest_check import check
from qa.store import Index

ROAD = "新建农村道路路网120公里。"
BRIDGE = "新建跨江大桥5座，改造旧桥2座。"
WATER = "兴修水利，水质优良。"
A, B = "2024-云山市", "2024-海阳县"


class Work:
    """A corpus folder of two reports, an index folder, and ``run``; the encoder is new in every run."""

    def __init__(self, folder):
        self.corpus = folder / "corpus"
        self.index = folder / "index"
        self.a = write_report(self.corpus / "2024_云山市.txt", ROAD, BRIDGE)
        self.b = write_report(self.corpus / "2024_海阳县.txt", ROAD, WATER)
        self.encoder = FakeEncoder()

    def run(self, *paths, encoder=None, dry_run=False, **request):
        self.encoder = encoder or FakeEncoder()
        if not paths and not request.get("remove"):
            paths = (self.corpus,)
        return ingest(
            self.index,
            Request(tuple(paths), **request),
            encoder=encoder_source(self.encoder),
            dry_run=dry_run,
        )

    def open(self):
        return Index.open(self.index, encoder_fingerprint="fake:9")

    def problems(self):
        return check(self.open(), encoder_fingerprint="fake:9", max_bytes=10**6)


def tree(folder):
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def counts(outcome):
    plan = outcome.plan
    return plan.added, plan.updated, plan.unchanged, plan.removed


PLAN = ("二、2024年工作安排", "新建农村公路120公里，改造旧桥2座。")
