"""``cleaner batch``: files of texts in, the same rows with the parts of their articles out, on all cores.

    inputs ── plan ──▶ sources ──▶ batches ── workers ──▶ parts on the disk ── join ──▶ one file, or a folder in which every part is a shard
                                                          with rejects, tallies         OUTPUT.rejects.jsonl, and the summary

A part is whole or not there, and the same rows always make the same part. So a run that was killed goes on with the parts that are missing.
"""
