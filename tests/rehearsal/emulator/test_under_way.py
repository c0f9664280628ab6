from rehearsal.emulator.under_way import UnderWay


def test_a_request_alone_has_nobody_beside_it() -> None:
    requests = UnderWay()
    only = requests.begin()
    assert requests.oldest_beside(only) > requests.latest


def test_the_oldest_beside_a_request_is_the_one_that_began_first_and_has_not_ended() -> None:
    requests = UnderWay()
    first, second, third = requests.begin(), requests.begin(), requests.begin()
    assert requests.oldest_beside(third) == first
    requests.end(first)
    assert requests.oldest_beside(third) == second
    assert requests.oldest_beside(second) == third


def test_it_is_empty_when_every_request_has_ended() -> None:
    requests = UnderWay()
    assert not requests
    number = requests.begin()
    assert requests
    requests.end(number)
    assert not requests
