"""The filters, one file each, and the order in which they are asked."""

from ..rules import rules
from .caption import caption
from .closing import closing
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

ORDER = (residue, rules(), embed, readmore, native, promo, related, pager, signoff, tail, head, dateline, caption, menu, double, closing)
