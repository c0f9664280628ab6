"""Every copy of every table in every place: looked at, aged and judged."""
