"""A pack with one rule that finds nothing: what a preview takes longer with it, it takes longer with any pack."""

from pulumi_policy import PolicyPack, StackValidationPolicy

PolicyPack("empty", [StackValidationPolicy("nothing", "Checks nothing.", lambda _args, _report: None)])
