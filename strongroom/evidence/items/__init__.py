"""Items of tables: their canonical form, digests, sizes, and what differs between two sets of them."""
