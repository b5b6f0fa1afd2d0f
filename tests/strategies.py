"""What the laws are tried on: invented stories, headlines, furniture, whole pages, and filters that mean no good.

The words are written for the tests; the furniture is what the rules themselves bring as witnesses.
"""

from collections.abc import Iterator

from hypothesis import strategies as st

import goldens
from cleaner import LABELS, Claim, Filter, Page, rules, settle

WHO = (
    "Warga Kampung Rawabening",
    "Para nelayan di Teluk Sangiang",
    "Petugas gabungan dari tiga kecamatan",
    "Kepala Desa Cempaka, Suryadi,",
    "Ibu-ibu pengajian di kampung itu",
    "Sejumlah pedagang Pasar Lembah",
    "Guru honorer bernama Ratna",
    "Kelompok tani yang dipimpin Darmaji",
    "Dua sopir angkutan antarkota",
)
DID = (
    "memperbaiki tanggul yang jebol",
    "membagikan beras dan air bersih",
    "menanam kembali bibit bakau",
    "menolak rencana kenaikan tarif",
    "mencatat kenaikan harga cabai",
    "menunggu keputusan dari pemerintah kabupaten",
    "menghitung kerugian akibat banjir",
    "membersihkan lumpur setebal 30 sentimeter",
    "mengantar hasil panen dengan perahu",
)
WHERE = (
    "di tepi Sungai Wening",
    "di halaman balai desa",
    "di pasar yang baru selesai dibangun",
    "di sepanjang jalan menuju pelabuhan",
    "di dua dusun yang paling parah",
    "di lereng Gunung Tampomas Kidul",
)
WHEN = (
    "sejak Senin pagi",
    "setelah hujan reda pada malam hari",
    "sebelum matahari terbenam",
    "selama tiga hari terakhir",
    "pada Kamis (13/2/2025)",
    "ketika sebagian besar warga masih mengungsi",
)
WHY = (
    "karena pasokan dari luar daerah belum tiba",
    "agar anak-anak dapat kembali ke sekolah",
    "meskipun bantuan yang dijanjikan belum turun",
    "sehingga kegiatan di sana mulai pulih",
    "sebab alat berat tidak bisa masuk",
    "untuk mencegah kejadian serupa terulang",
)
SAID = (
    "Kami hanya ingin jalan ini segera diperbaiki",
    "Air naik begitu cepat sehingga tidak ada yang sempat diselamatkan",
    "Harga itu masih di bawah biaya yang kami keluarkan",
    "Belum ada petugas yang datang untuk melihat keadaan di sini",
    "Semua data akan kami buka kepada warga",
)
TO_WHOM = ("kepada wartawan", "saat ditemui di rumahnya", "di hadapan warga", "ketika dihubungi pada Kamis malam")
SPEAKER = ("Suryadi", "Ratna Kusumaningrum", "Darmaji", "Komarudin Lesmana", "Yulia Hartanti")
TITLE_DID = ("Perbaiki Tanggul", "Tanam Bakau", "Tolak Kenaikan Tarif", "Tunggu Bantuan Beras", "Bersihkan Lumpur")
TITLE_WHO = ("Warga Rawabening", "Nelayan Teluk Sangiang", "Pedagang Pasar Lembah", "Petani Cempaka")
TITLE_WHERE = ("di Tepi Sungai Wening", "di Lereng Tampomas Kidul", "Setelah Banjir Surut", "Jelang Musim Panen")
DATES = ("Senin, 10 Februari 2025 08:15 WIB", "Kamis, 13 Feb 2025 19:02 WIB", "Jumat, 14/02/2025, 06:40 WIB")

INLINE = ("ad", "readmore", "promo", "embed", "page", "share")  # the furniture that publishers print between two paragraphs


def sentences() -> st.SearchStrategy[str]:
    """A plain sentence of a story."""
    return st.builds("{} {} {} {} {}.".format, *map(st.sampled_from, (WHO, DID, WHERE, WHEN, WHY)))


def quotes() -> st.SearchStrategy[str]:
    """What somebody said, and to whom: a paragraph of its own."""
    return st.builds("“{},” kata {} {}.".format, *map(st.sampled_from, (SAID, SPEAKER, TO_WHOM)))


@st.composite
def stories(draw: st.DrawFn) -> list[str]:
    """The paragraphs of a story. No sentence comes twice, for that would be a second copy, which is furniture."""
    plain = draw(st.lists(sentences(), min_size=6, max_size=12, unique=True))
    first, *rest = [f"{one} {two}" for one, two in zip(plain[::2], plain[1::2], strict=False)]
    return [first, *draw(st.permutations(rest + draw(st.lists(quotes(), max_size=3, unique=True))))]


def headlines() -> st.SearchStrategy[str]:
    """A headline, as publishers print it: capitals, no stop."""
    return st.builds("{} {} {}".format, *map(st.sampled_from, (TITLE_WHO, TITLE_DID, TITLE_WHERE)))


def _furniture() -> Iterator[tuple[str, str]]:
    """Label and witness of the rules whose witness is furniture from end to end."""
    for rule in rules().rules:
        for witness in rule.witness:
            spans = settle(Page(witness), rules()(Page(witness))).spans
            if {span.label for span in spans} == {rule.label} and "\n" not in witness:
                yield rule.label, witness


FURNITURE_LINES = tuple(_furniture())


def furniture(*labels: str) -> st.SearchStrategy[str]:
    """A line that is furniture, by the word of a rule; of these labels only, or of those that stand between paragraphs."""
    return st.sampled_from([line for label, line in FURNITURE_LINES if label in (labels or INLINE)])


@st.composite
def sprinkled(draw: st.DrawFn) -> tuple[list[str], str]:
    """A story, and its text with a line of furniture in some of the gaps between its paragraphs."""
    story = draw(stories())
    lines = [story[0]]
    for paragraph in story[1:]:
        lines += draw(st.lists(furniture(), max_size=1))
        lines.append(paragraph)
    return story, draw(st.sampled_from(["\n", "\n\n"])).join(lines)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A whole page: headline and date, the story with furniture in it, and a list of other stories behind it."""
    title, date, (_, story) = draw(headlines()), draw(st.sampled_from(DATES)), draw(sprinkled())
    others = draw(st.lists(headlines(), max_size=5, unique=True))
    tail = ["Berita Terkait", *others] if others else []
    return draw(st.sampled_from(["\n", "\n\n"])).join([title, date, story, *tail])


PIECES = tuple(dict.fromkeys(piece for path in goldens.paths() for _, text in goldens.read(path).segments for piece in (text, *text.split("\n")) if piece))


def mixtures() -> st.SearchStrategy[str]:
    """Pieces of the corpus in any order and glued in any way: no page at all, but full of what the filters look at."""
    glued = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "\n", "\n\n"])), max_size=20)
    return glued.map(lambda pieces: "".join(piece + gap for piece, gap in pieces))


def texts() -> st.SearchStrategy[str]:
    """Any text at all: half of them pages or pieces of them, half of them whatever a keyboard and its cat can produce."""
    return st.one_of(pages(), mixtures(), st.text(), st.text(alphabet="ab.\r\n \t\x0b\x85\u2028\xa0\ufeff\udc80Â“", max_size=60))


def claims(longest: int = 400) -> st.SearchStrategy[Claim]:
    """A claim that may be empty, upside down, out of range or overlapping."""
    offsets = st.integers(-3, longest + 3)
    whole = st.just(Claim(0, longest, "nav", "all", "claims everything"))
    return st.one_of(st.builds(Claim, offsets, offsets, st.sampled_from(list(LABELS)), st.just("hostile"), st.text(max_size=5)), whole)


def rubbish() -> st.SearchStrategy[object]:
    """What is no claim: nothing, numbers, texts, bare tuples, claims on places that are no numbers, or under no label."""
    broken = [Claim("0", "5", "ad"), Claim(None, 5, "ad"), Claim(0, 5, []), Claim(0, 5, ""), Claim(0, 5, "iklan")]  # type: ignore[arg-type]
    return st.sampled_from([None, 0, "teks", b"", (0, 5, "ad"), object(), *broken])


def hostile(*steps: object) -> Filter:
    """A filter that yields the steps, and raises those that are exceptions."""

    def hostile(page: Page) -> Iterator[Claim]:
        for step in steps:
            if isinstance(step, Exception):
                raise step
            yield step  # type: ignore[misc]

    return hostile
