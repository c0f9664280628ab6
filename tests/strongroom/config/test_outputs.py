from strongroom.config.outputs import CentralOutputs, SourceOutputs


def test_both_roles_tell_their_alarms_and_keys_under_the_same_names() -> None:
    shared = set(SourceOutputs.__annotations__) & set(CentralOutputs.__annotations__)
    assert shared == {"alarm_topic_arn", "key_aliases"}
