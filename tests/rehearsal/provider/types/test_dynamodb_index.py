from rehearsal.provider.types.dynamodb_index import global_sent, global_told, is_same_index, local_sent, local_told

GLOBAL = {
    "name": "by-owner",
    "hashKey": "owner",
    "projectionType": "INCLUDE",
    "nonKeyAttributes": ["x", "a"],
    "readCapacity": 1,
    "writeCapacity": 2,
}
SENT = {
    "IndexName": "by-owner",
    "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a", "x"]},
}
UNITS = {"ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 2}}


def test_a_global_index_is_sent_with_units_only_where_they_are_bought() -> None:
    assert global_sent(GLOBAL, "PROVISIONED") == {**SENT, **UNITS}
    assert global_sent(GLOBAL, "PAY_PER_REQUEST") == SENT


def test_keys_may_be_given_one_by_one_or_as_a_list() -> None:
    keys = [{"attributeName": "owner", "keyType": "HASH"}, {"attributeName": "day", "keyType": "RANGE"}]
    listed = {"name": "by-owner", "keySchemas": keys, "projectionType": "ALL"}
    single = {"name": "by-owner", "hashKey": "owner", "rangeKey": "day", "projectionType": "ALL"}
    assert global_sent(listed, "PAY_PER_REQUEST") == global_sent(single, "PAY_PER_REQUEST")


def test_a_global_index_is_told_both_ways() -> None:
    told = global_told({**SENT, **UNITS})
    assert (told["hashKey"], told["keySchemas"]) == ("owner", [{"attributeName": "owner", "keyType": "HASH"}])
    assert (told["nonKeyAttributes"], told["readCapacity"], told["writeCapacity"]) == (["a", "x"], 1, 2)


def test_a_local_index_shares_the_tables_hash_key() -> None:
    local = {"name": "by-day", "rangeKey": "day", "projectionType": "KEYS_ONLY"}
    sent = local_sent(local, "pk")
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "day", "KeyType": "RANGE"}]
    assert sent == {"IndexName": "by-day", "KeySchema": keys, "Projection": {"ProjectionType": "KEYS_ONLY"}}
    assert local_told(sent) == local


def test_an_index_stays_while_its_keys_and_projection_do() -> None:
    assert is_same_index(GLOBAL, {**GLOBAL, "readCapacity": 9, "nonKeyAttributes": ["a", "x"]})
    assert not is_same_index(GLOBAL, {**GLOBAL, "rangeKey": "day"})
    assert not is_same_index(GLOBAL, {**GLOBAL, "nonKeyAttributes": ["a"]})
