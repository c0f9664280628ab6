"""The data of a disaster: made from a seed, so that what must come back can be told without asking AWS."""
