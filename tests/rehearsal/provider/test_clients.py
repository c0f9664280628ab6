import pytest

from rehearsal.provider.clients import local_endpoint
from rehearsal.provider.errors import ProviderError


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:4566", "http://localhost:4566", "http://[::1]:1", "https://127.9.9.9"]
)
def test_a_loopback_address_is_taken(url: str) -> None:
    assert local_endpoint({"AWS_ENDPOINT_URL": url, "AWS_ENDPOINT_URL_S3": url}) == url


@pytest.mark.parametrize(
    "url",
    ["", "https://sts.eu-west-2.amazonaws.com", "http://10.0.0.1:4566", "http://localhost.example.org", "127.0.0.1"],
)
def test_fails_when_the_address_is_no_loopback(url: str) -> None:
    with pytest.raises(ProviderError, match="AWS_ENDPOINT_URL must name a loopback address"):
        local_endpoint({"AWS_ENDPOINT_URL": url})


def test_fails_when_there_is_no_address() -> None:
    with pytest.raises(ProviderError, match="serves a local AWS only"):
        local_endpoint({})


def test_fails_when_one_service_is_elsewhere() -> None:
    with pytest.raises(ProviderError, match="AWS_ENDPOINT_URL_STS must be a loopback address, got 'https://sts"):
        local_endpoint({"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_STS": "https://sts.amazonaws.com"})
