"""The error tree is as its docstring draws it."""

import inspect
import re

import pytest

from qa import errors


def drawn() -> dict[str, str]:
    """Class name to the name of its base, read from the drawing."""
    bases: dict[str, str] = {}
    branch = ""
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([├└│ ]*)(?:├|└)── (\w+) ", line):
            top = "│" not in found[1]
            bases[found[2]] = "QAError" if top else branch
            branch = found[2] if top else branch
    return bases


def test_tree_is_the_one_drawn() -> None:
    defined = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__ and name != "QAError"
    }
    assert drawn() == defined
    assert defined["IndexMissingError"] == "StoreError"


def test_source_error_names_file_and_cause() -> None:
    error = errors.SourceError("报告/甲.txt", "文件是空的")
    assert (str(error), error.path, error.reason) == ("报告/甲.txt：文件是空的", "报告/甲.txt", "文件是空的")
    with pytest.raises(errors.QAError):
        raise error
