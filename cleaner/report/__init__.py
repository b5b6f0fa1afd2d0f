"""``cleaner report``: a few hundred documents on one page, to see what was cut from each, and why.

    inputs ── documents ──▶ articles ──▶ entries ── summary ──▶ numbers ─╮
                              │            │                             ├─ view ──▶ one HTML file, with report.css and report.js in it
    gold ── answers ──────────┴─ differences (lost, leaked, named)  ─────╯

The file asks the network for nothing, and forbids the browser to. Without JavaScript it shows everything and filters nothing.
"""
