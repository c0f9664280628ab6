"""Finds KMS keys, whichever account they are in."""

from rehearsal.emulator import door


def key_arn(name: str, account: str, region: str) -> str | None:
    """Return the ARN of a key given by id, ARN, alias or alias ARN.

    Args:
        name: As a request names it.
        account: The caller's, in which ids and aliases are looked up.
        region: The request's.

    Returns:
        The key's ARN; None when there is no such key.
    """
    if name.startswith("arn:aws:kms:"):
        _, _, _, region, account, _ = name.split(":", 5)
    with door.request_scope(account, region):
        key = door.kms._resolve_key(name)  # noqa: SLF001
    return key["Arn"] if key else None


def key_arn_of_ciphertext(ciphertext: str, region: str) -> str | None:
    """Return the ARN of the key, of any account, under which a base64 ciphertext was made; None when it is none."""
    key_id: str = door.actions._kms_key_id_from_ciphertext(ciphertext)  # noqa: SLF001
    for (_, key_region, found), key in door.kms._keys.to_dict().items():  # noqa: SLF001
        if found == key_id and key_region == region:
            return key["Arn"]
    return None


def key_arn_of_grant(token: str) -> str | None:
    """Return the ARN of the key, of any account, on which the grant with a token is; None when there is none."""
    every = door.kms._grants.to_dict().values()  # noqa: SLF001
    return next((grant["KeyId"] for grant in every if token in grant["_tokens"]), None)


def aliases(name: str, account: str, region: str) -> list[str]:
    """Return the aliases (`alias/...`) of a key that a request names."""
    arn = key_arn(name, account, region) if name else None
    if not arn:
        return []
    owner, key_id = arn.split(":")[4], arn.rpartition("/")[2]
    found = door.kms._aliases.to_dict().items()  # noqa: SLF001
    return [
        alias.rpartition(":")[2]
        for (at, where, alias), target in found
        if (at, where, target) == (owner, region, key_id)
    ]
