"""A module imports only from modules above it, and the heavy libraries have their owners."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LAYERS = """
# 值、错误、设置
qa types errors config console
# 文字、词和数
folding lexicon quantity text numerals webtext onnx_runner
horizons year_parts opposed nation one_form indicator_names places onnx_module
# 文件 → 报告、片段
formats columns spaced cells typeset clean identity_years identity sections load chunk
# 报告 → 数据和承诺
counts clauses predicates subjects distributive ranking row bounded_numbers worded_rows row_reading rows breakdowns grid_headers grids bearers periods figures
named_entities commitment_clauses commitments tables table_text
# 索引
encode keyword passage_tokens index_generation late_interaction store writer ingest_plan ingest_check ingest
# 问题 → 所问
courtesy operation question_times wording question_parts pairing two_years pair_chain place_asked question_places place_groups among within plain list_asks reading meant restating conversation followup tally
typos reports_meant scope readings asked_measure wanted
# 检索和按所问选数
measure_fit match calibre retrieve lazy_hits
phrasing indicator_fit narrowed row_choice figure_answer compare_cells paraphrased_rows rerank about_report
# 各地相比
row_words bounds standing compare_table compare
# 清单和原句
inline_lists lists number_sets counted_sets text_answer list_quotes
sources sequences set_topics glossary overview bulletin_notes fields scattered_lists review_and_plan row_lists moved_rows divided
# 答法：依次试
joining strategies sentence_rows figure_sentences list_answer searching dependent_parts refusal unsaid answered
areas group_answer pair_values pair_answer place_pairs place_years thing_ranking reckoning list_items distinct_asks extract separate everyday thesaurus parent_report concepts by_meaning
# 核对
verify suggest
# 语言模型作答
breaker llm_cache model prompt statements stated_numbers recompute support ordering ground events generate
# 总成、工具、命令行
chain tools render batch terminal commands cli __main__
# 网页和接口
web web.words web.sessions web.limits web.guard web.markup web.desk web.refusals web.asking web.api
web.copies web.feedback web.reader web.tabs web.routes web.page web.server
"""
"""Every module of qa/ in groups, from the top down; within a line too, a module sees only what stands before it."""

GROUPS = dict(
    zip(
        re.findall(r"^# (.*)$", LAYERS, re.M),
        (part.split() for part in re.split(r"^#.*$", LAYERS, flags=re.M)[1:]),
        strict=True,
    )
)
ORDER = [name for names in GROUPS.values() for name in names]

OWNERS = {
    "chromadb": {"index_generation"},
    "gradio": {"web.page", "web.server"},
    "sentence_transformers": {"encode", "onnx_module"},
    "torch": {"encode", "onnx_module"},
    "onnxruntime": {"onnx_runner"},
    "fastapi": {"web.api", "web.asking", "web.refusals", "web.routes", "web.server"},
    "uvicorn": {"web.server"},
    "bm25s": {"keyword"},
    "filelock": {"writer"},
    "langchain_core": {"encode", "retrieve", "chain", "tools", "model"},
    "langchain_openai": {"model"},
    "tiktoken": {"prompt"},
}
"""Who may import a library, at the top or inside a function."""

HEAVY = (
    "torch", "sentence_transformers", "chromadb", "gradio", "transformers", "bm25s", "langchain_openai", "tiktoken",
)  # fmt: skip
"""Never imported at the top of a module, so that importing qa is quick."""

HEAVY_INSIDE = {"onnx_module", "web.page", "web.server"}
"""Modules that are themselves imported only where their heavy library is wanted."""

SAMPLE_CITIES = re.compile("百色|贺州|河池|南宁|贵港")


def name_of(path: Path) -> str:
    """qa/web/page.py -> web.page; qa/__init__.py -> qa."""
    parts = list(path.relative_to(ROOT / "qa").with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) or "qa"


MODULES = {name_of(path): path for path in sorted((ROOT / "qa").rglob("*.py"))}


def imports(path: Path, *, top_only: bool = False) -> list[str]:
    """Dotted names that a file imports; ``from a import b`` gives a.b, whatever b is."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    found: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import in line {node.lineno}"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def own_imports(path: Path) -> set[str]:
    """The modules of qa/ that a file imports, as in LAYERS."""
    found = set()
    for name in imports(path):
        if name.split(".")[0] == "qa":
            inner = name.removeprefix("qa.")
            while inner and inner not in MODULES:
                inner = inner.rpartition(".")[0]
            found.add(inner or "qa")
    return found


def test_layers_list_every_module_once() -> None:
    assert sorted(ORDER) == sorted(MODULES)


def code_map(readme: str) -> list[tuple[str, list[str]]]:
    """The headings of README's code map and the modules named below each, row by row."""
    block = re.search(r"^## 代码地图$.*?^```\n(.*?)^```$", readme, re.M | re.S)
    assert block, "README has no code map"
    found: list[tuple[str, list[str]]] = []
    for line in block[1].splitlines():
        if line.startswith("# "):
            found.append((line[2:], []))
        else:
            found[-1][1].extend(re.findall(r"(?:^|(?<=  ))([a-z_]+(?:\.[a-z_]+)?)(?= )", line))
    return found


def test_readme_maps_every_module_in_the_order_of_the_layers() -> None:
    assert code_map((ROOT / "README.md").read_text("utf-8")) == list(GROUPS.items())


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_imports_only_from_above(module: str) -> None:
    place = {name: number for number, name in enumerate(ORDER)}
    below = {name for name in own_imports(MODULES[module]) if place[name] >= place[module]}
    assert below == set()


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_library_is_imported_by_its_owners_only(library: str) -> None:
    users = {
        module
        for module, path in MODULES.items()
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert users, f"nobody imports {library}: take it out of OWNERS"
    assert users <= OWNERS[library]


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name not in HEAVY_INSIDE))
def test_module_imports_nothing_heavy_at_its_top(module: str) -> None:
    at_top = {name.split(".")[0] for name in imports(MODULES[module], top_only=True)}
    assert at_top & set(HEAVY) == set()


def test_imports_reads_both_forms(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    file.write_text("import a.b\ndef f():\n    from qa.text import fold, split\n", "utf-8")
    assert imports(file) == ["a.b", "qa.text.fold", "qa.text.split"]
    assert imports(file, top_only=True) == ["a.b"]
    assert own_imports(file) == {"text"}


def code_texts(source: str) -> list[str]:
    """The strings of a program that it works with: all but docstrings and other bare string statements."""
    tree = ast.parse(source)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    ]


def test_code_texts_leaves_out_docstrings_only() -> None:
    assert code_texts('"""one"""\nx = "two"\ndef f(y="three"):\n    """four"""\n    return f"{y}five"') == [
        "two",
        "three",
        "five",
    ]


@pytest.mark.parametrize(
    "path",
    [*MODULES.values(), ROOT / "ingest.py", ROOT / "app.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_code_names_no_sample_city(path: Path) -> None:
    texts = code_texts(path.read_text("utf-8"))
    assert [text for text in texts if SAMPLE_CITIES.search(text)] == []
