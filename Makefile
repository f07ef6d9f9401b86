# Two commands: `make app` (install, index, serve) and `make test` (install, check, test).
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860

BIN := .venv/bin
# -qq: errors only. Torch first and by exact version: see constraints.txt.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
QA_INDEX ?= data/index
export QA_INDEX

.DEFAULT_GOAL := help
.PHONY: help app index test eval clean
.DELETE_ON_ERROR:

help:
	@echo 'make app    安装、更新索引，并在 http://$(HOST):$(PORT) 打开问答页面'
	@echo 'make test   安装，并检查格式、代码规则、类型，运行全部测试'
	@echo 'make index  按 data/reports 更新索引'
	@echo 'make eval   在自建题集（dev）上评测'
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

eval: .venv/.installed-test
	$(BIN)/python ingest.py
	$(BIN)/python -m eval.run --split dev

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
