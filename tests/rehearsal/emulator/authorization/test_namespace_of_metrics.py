import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator

OURS = {"StringEquals": {"cloudwatch:namespace": "Strongroom"}}


def test_metrics_are_bound_to_their_namespace(emulator: Emulator) -> None:
    role = make_role(emulator, "reporter", allow("cloudwatch:PutMetricData", Condition=OURS))
    mine = emulator.client("cloudwatch", role_arn=role)
    metric = [{"MetricName": "age", "Value": 1.0}]
    mine.put_metric_data(Namespace="Strongroom", MetricData=metric)
    many = [{"MetricName": f"age-of-a-table-with-a-rather-long-name-{n}", "Value": 1.0} for n in range(300)]
    mine.put_metric_data(Namespace="Strongroom", MetricData=many)
    with refuses("AccessDeniedException"):
        mine.put_metric_data(Namespace="Payroll", MetricData=metric)
