"""No edit that weakens a backup gets past everybody, and the program as it is gets past all."""

import pytest

from tests.mutations.catalogue import MUTATIONS
from tests.mutations.judges import refusals
from tests.mutations.mutation import Judge, Mutation
from tests.mutations.tree import Tree
from tests.stacks import world

pytestmark = pytest.mark.processes

FEWEST = 60


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("tree"))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[one.name for one in MUTATIONS])
def test_an_edit_that_weakens_is_refused_by_whom_it_should_be(tree: Tree, mutation: Mutation) -> None:
    assert mutation.refused_by in refusals(tree, mutation)


@pytest.mark.parametrize("stack", world.STACKS)
@pytest.mark.parametrize("file", ["components/options.py", "Pulumi.prod.yaml", "policies/configuration/prod.json"])
def test_what_is_not_weakened_is_refused_by_nobody(tree: Tree, stack: str, file: str) -> None:
    text = (tree.root / file).read_text(encoding="utf-8")
    assert refusals(tree, Mutation("nothing", file, text, text, Judge.CHECK, stack)) == {}


def test_workflows_as_they_are_are_refused_by_nobody(tree: Tree) -> None:
    file = ".github/workflows/pull-request.yml"
    text = (tree.root / file).read_text(encoding="utf-8")
    assert refusals(tree, Mutation("nothing", file, text, text, Judge.PIPELINE)) == {}


def test_there_are_enough_edits_of_each_kind() -> None:
    assert len({one.name for one in MUTATIONS}) == len(MUTATIONS) >= FEWEST
    assert {one.refused_by for one in MUTATIONS} == set(Judge)
