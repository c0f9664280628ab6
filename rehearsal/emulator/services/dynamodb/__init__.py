"""DynamoDB: tables, and what becomes of their items over time."""

from rehearsal.emulator.rules import differs

differs("DynamoDB", "Streams live in the machine's time.")
