"""The filters, one file each, and the order in which they are asked."""

from collections.abc import Callable, Iterable

from ..rules import rules
from ..spans import Claim, Evidence, Page
from ..story import BY_PLACE, BY_WORDS, story
from .caption import caption
from .closing import closing
from .comments import comments
from .dateline import dateline
from .double import double
from .embed import embed
from .head import head
from .menu import menu
from .native import native
from .pager import pager
from .promo import promo
from .readmore import readmore
from .related import related
from .residue import residue
from .signoff import signoff
from .strip_dateline import strip_dateline as strip_dateline
from .tail import tail

# The filters in the order in which they are asked, the surest first. What all but the last claim is evidence:
# what names itself by its words is believed sooner than what only stands in a place. The last one decides
# what is story.
ORDER: tuple[Callable[[Page], Iterable[Claim]], ...] = (
    *[Evidence(filter, BY_WORDS) for filter in (residue, rules(), comments, embed, readmore, native, promo)],
    Evidence(related, BY_PLACE),
    *[Evidence(filter, BY_WORDS) for filter in (pager, signoff)],
    *[Evidence(filter, BY_PLACE) for filter in (tail, head, dateline, caption, menu, double, closing)],
    story.naming(head),
)
