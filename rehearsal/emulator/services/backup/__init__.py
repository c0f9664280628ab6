"""AWS Backup as its pages describe it, in the place of MiniStack's, which judges nothing that it keeps."""
