"""What AWS decided: values and value objects, each with its page and the day it was read. No input, no output."""
