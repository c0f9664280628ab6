"""The plugin as the engine starts it."""

import os
import subprocess
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2_grpc

from tests.emulator_process import CHECKOUT

PLUGIN = CHECKOUT / "rehearsal/provider/pulumi-resource-aws"


def test_the_plugin_prints_its_port_and_serves_there() -> None:
    environment = {"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    process = subprocess.Popen([str(PLUGIN)], stdout=subprocess.PIPE, env=environment, text=True)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub: Any = provider_pb2_grpc.ResourceProviderStub(channel)
            info = stub.GetPluginInfo(Empty(), timeout=10)
        assert info.version == "7.51.1"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("endpoint", [None, "https://backup.eu-west-2.amazonaws.com"])
def test_fails_when_it_is_started_without_a_local_aws(endpoint: str | None) -> None:
    environment = {"PATH": os.environ["PATH"]} | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})
    done = subprocess.run([str(PLUGIN)], env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "AWS_ENDPOINT_URL must name a loopback address" in done.stderr
