"""Loads the recorder, and with it pulumi_aws.s3, which warns of its own old names, before any test module does."""

import importlib

importlib.import_module("tests.recorder")
