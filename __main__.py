"""The program that Pulumi runs: the stack's settings decide what it makes, in which accounts."""

from stacks import program
from strongroom.aws.sessions import ProfileSessions

program.run(ProfileSessions)
