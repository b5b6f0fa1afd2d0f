"""``cleaner batch``: files of texts in, the same rows with the parts of their articles out, on all cores.

    inputs ── plan ──▶ sources ── reading ──▶ batches ── output, in workers ──▶ shards ── output ──▶ a file
                                                         and their rejects                           or folder
The same rows always make the same shard, so a run that was killed goes on with the shards that are missing.
"""
