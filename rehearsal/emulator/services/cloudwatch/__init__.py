"""CloudWatch: metrics, and the alarms on them."""

from rehearsal.emulator.rules import differs

differs(
    "CloudWatch",
    "Metric math has ABS, AVG, CEIL, DIFF, FILL, FIRST, FLOOR, IF, LAST, MAX, METRIC_COUNT, METRICS, MIN, "
    "PERIOD, SUM and TIME_SERIES; other functions are refused.",
    "GetMetricData does not mix periods in one expression.",
    "Alarms on PromQL or on anomaly bands are kept and not evaluated.",
    "A suppressor silences a composite alarm at once, without wait and extension periods.",
    "Of an alarm's actions only topics of SNS are used.",
    "Metrics keep their full resolution for 455 days.",
)
