"""The mistakes: small changes to a syntax tree that a careless hand could make."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

Mistake = tuple[str, ast.AST]
"""What is mistaken, and the node to put in the place of the right one."""

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt,),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Sub: (ast.BitOr, ast.BitAnd),
    ast.BitAnd: (ast.BitOr, ast.Sub),
    ast.BitOr: (ast.BitAnd, ast.Sub),
    ast.Add: (ast.Sub,),
}


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Every tree of a source with one mistake in it: its line, what it is, the tree."""
    tree = ast.parse(source)
    for number, node in enumerate(_places(tree)):
        for what, wrong in _mistakes(node):
            copied = copy.deepcopy(tree)
            _Put(list(_places(copied))[number], wrong).visit(copied)
            ast.fix_missing_locations(copied)
            yield getattr(node, "lineno", 0), f"{what}: {_said(node)}", copied


class _Put(ast.NodeTransformer):
    def __init__(self, place: ast.AST, put: ast.AST) -> None:
        self.place = place
        self.put = put

    def visit(self, node: ast.AST) -> Any:
        """Replace the one node."""
        return self.put if node is self.place else self.generic_visit(node)


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of annotations, which are never run."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield node
                yield from _places(node)


def _said(node: ast.AST) -> str:
    return ast.unparse(node).split("\n", maxsplit=1)[0][:90]


def _mistakes(node: ast.AST) -> Iterator[Mistake]:
    for kinds, of_kind in _BY_KIND.items():
        if isinstance(node, kinds):
            for what, parts in of_kind(node):
                yield what, parts if isinstance(parts, ast.AST) else _with(node, parts)


def _with(node: ast.AST, parts: dict[str, Any]) -> ast.AST:
    wrong = copy.copy(node)
    for name, value in parts.items():
        setattr(wrong, name, value)
    return wrong


_Change = tuple[str, dict[str, Any] | ast.AST]


def _comparisons(node: Any) -> Iterator[_Change]:
    for other in _COMPARISONS.get(type(node.ops[0]), ()):
        yield other.__name__, {"ops": [other(), *node.ops[1:]]}


def _operations(node: Any) -> Iterator[_Change]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield other.__name__, {"op": other()}
    yield "only the left", node.left


def _conjunctions(node: Any) -> Iterator[_Change]:
    yield "and for or", {"op": ast.Or() if isinstance(node.op, ast.And) else ast.And()}
    for place in range(len(node.values)):
        left = node.values[:place] + node.values[place + 1 :]
        part = {"values": left} if len(left) > 1 else left[0]
        yield f"without part {place + 1}", part


def _negations(node: Any) -> Iterator[_Change]:
    if isinstance(node.op, ast.Not):
        yield "no not", node.operand


def _branches(node: Any) -> Iterator[_Change]:
    yield "always", {"test": ast.Constant(True)}
    yield "never", {"test": ast.Constant(False)}


def _conditions(node: Any) -> Iterator[_Change]:
    if node.ifs:
        yield "no condition", {"ifs": []}


def _switches(node: Any) -> Iterator[_Change]:
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool):
        yield "switched", {"value": ast.Constant(not node.value.value)}


def _returns(node: Any) -> Iterator[_Change]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield "nothing", {"value": ast.Constant(None)}


def _statements(node: Any) -> Iterator[_Change]:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield "not done", ast.Pass()


def _slices(node: Any) -> Iterator[_Change]:
    if isinstance(node.lower, ast.Constant):
        yield "from the first", {"lower": None}


_BY_KIND: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[[Any], Iterator[_Change]]] = {
    ast.Compare: _comparisons,
    ast.BinOp: _operations,
    ast.BoolOp: _conjunctions,
    ast.UnaryOp: _negations,
    (ast.If, ast.IfExp, ast.While): _branches,
    ast.comprehension: _conditions,
    ast.keyword: _switches,
    ast.Return: _returns,
    (ast.Expr, ast.AugAssign, ast.Delete, ast.Continue): _statements,
    ast.Slice: _slices,
}
