import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

OURS = "/strongroom/prod/tables/receipts"
FOREIGN = "/strongroom/ci/tables/receipts"


def test_parameters_are_bound_to_their_path(emulator: Emulator) -> None:
    path = f"arn:aws:ssm:{REGION}:{PROD}:parameter/strongroom/prod/tables/*"
    actions = ["ssm:PutParameter", "ssm:GetParameter", "ssm:GetParameters", "ssm:DeleteParameter"]
    mine = emulator.client("ssm", role_arn=make_role(emulator, "pointer", allow(actions, path)))
    mine.put_parameter(Name=OURS, Value="receipts-2", Type="String")
    assert mine.get_parameter(Name=OURS)["Parameter"]["Value"] == "receipts-2"
    assert [one["Value"] for one in mine.get_parameters(Names=[OURS])["Parameters"]] == ["receipts-2"]
    with refuses("AccessDeniedException"):
        mine.put_parameter(Name=FOREIGN, Value="x", Type="String")
    with refuses("AccessDeniedException"):
        mine.get_parameter(Name="/payroll/password")
    with refuses("AccessDeniedException"):
        mine.get_parameters(Names=[OURS, FOREIGN])
