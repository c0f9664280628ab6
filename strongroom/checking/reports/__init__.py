"""A report of a check or an audit in each of its forms."""
