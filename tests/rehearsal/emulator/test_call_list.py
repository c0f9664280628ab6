import pytest

from rehearsal.emulator.calls import Calls, error_code


def test_the_oldest_calls_are_dropped_and_counted() -> None:
    calls = Calls(kept=2)
    for _ in range(5):
        calls.begin(sealed=False)
    told = calls.since(1)
    assert [call["n"] for call in told["calls"]] == [4, 5]  # type: ignore[attr-defined] - JSON for the control path
    assert (told["next"], told["dropped"]) == (5, 2)


def test_nothing_is_dropped_within_the_bound() -> None:
    calls = Calls(kept=2)
    for _ in range(2):
        calls.begin(sealed=False)
    assert calls.since(0)["dropped"] == 0


def test_asking_again_from_next_gives_only_what_is_new() -> None:
    calls = Calls()
    calls.begin(sealed=False)
    assert calls.since(1) == {"calls": [], "next": 1, "dropped": 0}
    assert Calls().since(0) == {"calls": [], "next": 0, "dropped": 0}


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({b"x-amzn-errortype": b"NotFound:http://x"}, b"", "NotFound"),
        ({}, b"<Error><Code>NoSuchKey</Code></Error>", "NoSuchKey"),
        ({}, b'{"__type": "com.amazonaws#Denied"}', "Denied"),
        ({}, b'{"__type": "Denied"}', "Denied"),
        ({}, b"", "Unknown"),
        ({}, b"[]", "Unknown"),
    ],
)
def test_the_error_code_is_found_in_every_protocol(headers: dict[bytes, bytes], body: bytes, code: str) -> None:
    assert error_code(headers, body) == code
