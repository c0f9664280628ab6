from rehearsal.emulator.authorization.memory import Memory, as_key


class Asked:
    """An answer that counts how often it was found."""

    def __init__(self, answer: object) -> None:
        self._answer = answer
        self.times = 0

    def __call__(self) -> object:
        self.times += 1
        return self._answer


def test_an_answer_is_found_once_until_it_is_forgotten() -> None:
    memory, asked = Memory(), Asked(None)
    assert [memory.remember("q", asked), memory.remember("q", asked)] == [None, None]
    assert asked.times == 1
    memory.forget()
    memory.remember("q", asked)
    assert asked.times == 2


def test_stores_that_were_put_back_make_every_answer_new() -> None:
    memory, asked = Memory(), Asked(answer=True)
    memory.remember("q", asked)
    memory.renew()
    memory.remember("q", asked)
    assert asked.times == 2


def test_an_answer_that_depends_on_the_time_is_found_each_time() -> None:
    memory = Memory()

    def timely() -> bool:
        memory.note_read_of_clock()
        return True

    asked = Asked(answer=True)
    memory.remember("time", timely)
    memory.remember("time", asked)
    assert asked.times == 1


def test_the_order_of_condition_keys_makes_no_other_question() -> None:
    assert as_key({"a": "1", "b": ["x", "y"]}) == as_key({"b": ["x", "y"], "a": "1"})
    assert as_key({"a": "1"}) != as_key({"a": "2"})
    assert as_key(None) == as_key({})
