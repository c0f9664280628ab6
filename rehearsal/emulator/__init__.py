"""The local AWS of the rehearsals: MiniStack under the rules of AWS."""
