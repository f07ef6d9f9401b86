# Two commands: `make app` (install, index, serve) and `make test` (install, check, test).
PYTHON ?= python3
HOST ?= $(or $(QA_HOST),127.0.0.1)
PORT ?= $(or $(QA_PORT),7860)

BIN := .venv/bin
# -qq: errors only. Torch first and by exact version: see constraints.txt.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
QA_INDEX ?= data/index
export QA_INDEX

.DEFAULT_GOAL := help
.PHONY: help app index test test-llm eval clean
.DELETE_ON_ERROR:

help:
	@echo 'make app    安装、更新索引，并在 http://$(HOST):$(PORT) 打开问答页面'
	@echo 'make test   安装，并检查格式、代码规则、类型，运行全部测试'
	@echo 'make index  按 data/reports 更新索引'
	@echo 'make test-llm  用本机的小语言模型试一遍（下载 1.1 GB，几分钟；不在 CI 里）'
	@echo 'make eval   收入评测语料、运行各题集，分数低于 eval/expected.json 即失败'
	@echo 'make clean  删除 .venv、索引和各种缓存'

# Ingest first: a second when nothing changed, and what an upgrade needs when the rules did.
app: .venv/.installed
	$(BIN)/python ingest.py
	$(BIN)/python app.py --host $(HOST) --port $(PORT)

index: .venv/.installed
	$(BIN)/python ingest.py

test: .venv/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

# The guard ingests what it measures into build/guard: the user's own index is not what the scores are of.
eval: .venv/.installed-test
	$(BIN)/python -m eval.guard

# Not in CI: weights of somebody else's making, used only with the right hash; without them it is skipped.
test-llm: .venv/.installed-test
	@$(PIP) xllamacpp==2026.10.11549
	@$(BIN)/python scripts/local_model.py fetch build/llm; code=$$?; \
	if [ $$code -eq 77 ]; then exit 0; elif [ $$code -ne 0 ]; then exit $$code; fi; \
	GOVQA_LOCAL_MODEL=build/llm $(BIN)/pytest tests/test_local_model.py

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
	rm -rf data/index
	find . -name __pycache__ -prune -exec rm -rf {} +

# The stamps make a second run install nothing; a changed requirement installs again.
.venv/.installed: pyproject.toml constraints.txt | .venv/.created
	@echo '正在安装依赖（首次需要几分钟）……'
	@$(PIP) torch==2.13.0
	@$(PIP) -e .
	@touch $@

.venv/.installed-test: .venv/.installed
	@echo '正在安装测试工具……'
	@$(PIP) -e '.[test]'
	@touch $@

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '需要 Python 3.11 或更新版本：请安装后运行 make PYTHON=python3.11 …' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@
