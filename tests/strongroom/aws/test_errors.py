import pytest
from botocore import exceptions

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError, translated


def refusal(code: str, message: str = "words") -> exceptions.ClientError:
    return exceptions.ClientError({"Error": {"Code": code, "Message": message}}, "DescribeThing")


def raised(fault: Exception) -> AwsError:
    with pytest.raises(AwsError) as caught, translated("reading thing t"):
        raise fault
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AccessDeniedException", DeniedError),
        ("AccessDenied", DeniedError),
        ("ExpiredToken", DeniedError),
        ("InvalidClientTokenId", DeniedError),
        ("NoSuchEntity", NotThereError),
        ("ResourceNotFoundException", NotThereError),
        ("404", NotThereError),
        ("InvalidParameterValueException", FailedError),
        ("ThrottlingException", FailedError),
    ],
)
def test_aws_s_refusals_fall_into_our_kinds(code: str, kind: type[AwsError]) -> None:
    fault = raised(refusal(code))
    assert type(fault) is kind
    assert str(fault) == f"reading thing t: {code}: words"


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        (exceptions.ReadTimeoutError(endpoint_url="http://x"), TimedOutError, "did not answer in time"),
        (exceptions.ConnectTimeoutError(endpoint_url="http://x"), TimedOutError, "did not answer in time"),
        (exceptions.EndpointConnectionError(endpoint_url="http://x"), FailedError, "cannot be reached"),
        (exceptions.ProfileNotFound(profile="strongroom-prod"), DeniedError, "strongroom bootstrap profiles"),
        (exceptions.NoCredentialsError(), DeniedError, "no credentials; sign in to AWS"),
        (exceptions.ParamValidationError(report="Missing X"), FailedError, "Missing X"),
    ],
)
def test_faults_on_the_way_to_aws_fall_into_our_kinds(fault: Exception, kind: type[AwsError], says: str) -> None:
    got = raised(fault)
    assert type(got) is kind
    assert says in str(got)


def test_an_access_key_id_is_never_shown_whole() -> None:
    said = str(
        raised(refusal("InvalidClientTokenId", "key AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE\nare unknown"))
    )
    assert "AKIAIOSF..." in said
    assert "EXAMPLE" not in said
    assert "\n" not in said


def test_what_is_no_fault_of_aws_passes_through() -> None:
    with pytest.raises(ZeroDivisionError), translated("reading thing t"):
        raise ZeroDivisionError
