"""DynamoDB: what is named by an ARN, and the restores, which need the source and the new table."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html (read 2026-11-22)

from typing import Final

from rehearsal.emulator.authorization.request import Request

_BY_ARN: Final = ("ResourceArn", "BackupArn", "ExportArn", "ImportArn", "TableArn")
_RESTORES: Final = {"RestoreTableFromBackup", "RestoreTableToPointInTime"}
_WITHOUT_RESOURCE: Final = {"ListExports", "ListBackups", "ListImports", "ListTables"}


def resources(request: Request) -> list[str]:
    """Return the ARNs that a DynamoDB operation is about; none for those that MiniStack derives itself."""
    if request.operation in _WITHOUT_RESOURCE:
        return ["*"]
    if request.operation in _RESTORES:
        return [_source(request), _table(request, request.text("TargetTableName"))]
    arn = request.text(*_BY_ARN)
    return [arn] if arn.startswith("arn:") else []


def _source(request: Request) -> str:
    arn = request.text("BackupArn", "SourceTableArn")
    return arn or _table(request, request.text("SourceTableName"))


def _table(request: Request, name: str) -> str:
    return request.arn("dynamodb", f"table/{name}")
