"""Rules about backups on AWS, each a pure function over what a program asks for."""
