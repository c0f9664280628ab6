"""Types that rules look at are types of pulumi-aws: one that is spelled wrong would match nothing, in silence."""

import pulumi
import pulumi_aws
import pytest
from strongroom_policies.tokens import TypeToken


@pytest.mark.parametrize("token", TypeToken)
def test_a_token_is_what_the_class_says_of_itself(token: TypeToken) -> None:
    assert pulumi.get_type_token(_class(token)) == token


def test_fails_when_a_token_is_misspelt() -> None:
    with pytest.raises(AttributeError):
        _class("aws:dynamodb/table:Tabel")


def _class(token: str) -> type[pulumi.Resource]:
    if token == TypeToken.PROVIDER:
        return pulumi_aws.Provider
    module = getattr(pulumi_aws, token.split(":")[1].split("/")[0])
    return getattr(module, token.rsplit(":", 1)[-1])
