"""The labels that a span can carry, a sentence each.

>>> "promo" in FURNITURE, "caption" in FURNITURE
(True, False)
"""

STORY = {
    "title": "The headline.",
    "kicker": "The rubric above the headline.",
    "date": "When the page says that it was published or updated.",
    "byline": "Who wrote it, where the page names the writer above the story.",
    "deck": "The standfirst between headline and story.",
    "dateline": "Outlet and place, the first words of the story.",
    "caption": "What a photo shows, without its credit.",
    "credit": "Who made the photo.",
    "body": "The story: what no filter claimed.",
}

FURNITURE = {
    "ad": "A marker of an advertisement, or a native advertisement.",
    "readmore": "A link to another story inside the story, or right below it.",
    "related": "A block of other stories.",
    "promo": "An invitation to follow, join, subscribe or install.",
    "embed": "What a video or a social post leaves behind in text.",
    "page": "Pagination: page numbers, next page, to be continued.",
    "share": "Share bars and counters of readers.",
    "tags": "Tags and topics of the story.",
    "signoff": "Initials, editor, reporter or source at the end.",
    "legal": "Copyright, licence, disclaimer, note of republication.",
    "nav": "Menus, breadcrumbs, footers and buttons.",
    "other": "A second copy of the story, or what an extractor left behind.",
}

LABELS = {**STORY, **FURNITURE}
