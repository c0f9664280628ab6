"""S3: buckets, what they keep, and what they hand on."""
