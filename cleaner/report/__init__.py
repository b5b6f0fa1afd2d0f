"""``cleaner report``: a few hundred documents on one page, to see what was cut from each, and why.

    inputs ── pipeline ──▶ articles ──────────────┬──▶ Report ── report.html ──▶ one HTML file
    gold ──▶ differences: lost, leaked and named ─╯

It asks the network for nothing. Without JavaScript it shows everything and filters nothing.
"""
